package dev.portico.proxy.codec;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * The head of a response, interim ones (1xx) among them.
 *
 * @param status 100 to 599
 * @param keepAlive whether the endpoint goes on after it
 * @param bodyFollows whether more of it comes, at least its end
 */
public record Response(int status, HttpHeaders headers, boolean keepAlive, boolean bodyFollows) {}
