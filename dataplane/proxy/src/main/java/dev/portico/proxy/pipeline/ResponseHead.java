package dev.portico.proxy.pipeline;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * The head of a response. Framing headers (Content-Length) stand in {@code headers}; Transfer-Encoding and Connection
 * never do, they are the protocols' business.
 */
public record ResponseHead(int status, HttpHeaders headers) {}
