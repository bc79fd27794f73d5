package dev.portico.proxy.http2;

import dev.portico.proxy.frames.Allowance;
import dev.portico.proxy.frames.Limits;
import dev.portico.routetable.ClientLimits;
import java.time.Duration;

/**
 * How long clients may take, and how much they may ask for.
 *
 * @param firstFrame until the preface and the first SETTINGS are there; for a frame of a connection without requests
 * @param partialFrame for a frame that comes in pieces while requests run, whatever the bodyRate
 * @param writeStall without taking anything of a response
 * @param idle without a request
 * @param lastStreams between the announcement that a connection ends and its last stream: requests under way arrive
 * @param bodyGrace before a body must have come at bodyRate
 * @param bodyRate bytes per second; 0: no limit
 * @param allowance which frames one connection may send
 * @param requests what one connection may ask for
 */
public record Http2Limits(
        Duration firstFrame,
        Duration partialFrame,
        Duration writeStall,
        Duration idle,
        Duration lastStreams,
        Duration bodyGrace,
        int bodyRate,
        Allowance allowance,
        RequestLimits requests) {
    private static final Duration PARTIAL_FRAME = Duration.ofSeconds(30);
    private static final Duration LAST_STREAMS = Duration.ofSeconds(1);

    public static Http2Limits of(ClientLimits limits) {
        return new Http2Limits(
                limits.timeouts().header(),
                PARTIAL_FRAME,
                limits.timeouts().writeStall(),
                limits.timeouts().idle(),
                LAST_STREAMS,
                limits.minBodyRate().after(),
                limits.minBodyRate().rate(),
                new Allowance(
                        limits.http2().maxResets(),
                        limits.http2().resetWindow(),
                        Math.min(limits.headers().maxBytes(), Limits.HEADER_LIST_BYTES)),
                new RequestLimits(
                        limits.http2().maxConcurrentStreams(),
                        limits.connections().maxRequests(),
                        limits.headers().maxLine(),
                        limits.headers().maxCount()));
    }
}
