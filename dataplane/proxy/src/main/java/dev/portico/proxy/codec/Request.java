package dev.portico.proxy.codec;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * The head of a request, well-formed; what it means is not looked at.
 *
 * @param target as it was sent: octets beyond space, without DEL
 * @param keepAlive whether the client wants to go on after it
 * @param bodyFollows whether more of it comes, at least its end
 */
public record Request(
        String method, String target, Version version, HttpHeaders headers, boolean keepAlive, boolean bodyFollows) {
    /** Of HTTP. */
    public enum Version {
        HTTP_1_0,
        HTTP_1_1,
        /** Another one, which nobody can be sure to understand. */
        OTHER
    }
}
