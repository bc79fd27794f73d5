package dev.portico.proxy.http2;

import java.time.Duration;

/**
 * How long clients may take.
 *
 * @param firstFrame until the preface and the first SETTINGS are there; for a frame of a connection without requests
 * @param partialFrame for a frame that comes in pieces while requests run
 * @param writeStall without taking anything of a response
 * @param idle without a request
 * @param lastStreams between the announcement that a connection ends and its last stream: requests under way arrive
 * @param bodyGrace before a body of announced length must have come at bodyRate
 * @param bodyRate bytes per second
 */
public record Http2Limits(
        Duration firstFrame,
        Duration partialFrame,
        Duration writeStall,
        Duration idle,
        Duration lastStreams,
        Duration bodyGrace,
        int bodyRate) {
    public static final Http2Limits DEFAULT = new Http2Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            500);
}
