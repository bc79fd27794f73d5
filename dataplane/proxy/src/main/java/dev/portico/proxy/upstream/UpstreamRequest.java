package dev.portico.proxy.upstream;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What is asked of an endpoint.
 *
 * @param headers end-to-end headers; a body is framed by Content-Length where it stands here, else in chunks
 * @param deadline when the attempt must be over, by {@link System#nanoTime}; {@link #NEVER}: no limit
 * @param idleNanos how long the endpoint may be silent once everything was sent, before its head and within its body;
 *     {@link #NEVER}: no limit
 * @param stallNanos how long nothing at all may move, whoever is to blame
 */
public record UpstreamRequest(
        String method,
        String target,
        HttpHeaders headers,
        boolean bodyFollows,
        long deadline,
        long idleNanos,
        long stallNanos) {
    public static final long NEVER = Long.MAX_VALUE;

    /** Whether another protocol is asked for, so that 101 may be answered. */
    boolean upgrade() {
        return headers.contains(HttpHeaderNames.UPGRADE);
    }
}
