package dev.portico.proxy.http1;

import java.time.Duration;

/**
 * How slow a client may be.
 *
 * @param head from the first byte of a request to the end of its head
 * @param idle between two requests, and without any byte within one
 * @param writeStall without taking a byte of a response that waits for it
 * @param bodyGrace after which a body must have come at {@code bodyRate}
 * @param bodyRate bytes per second
 * @param linger how long what a refused client still sends is read and dropped, so that it can read the answer
 */
public record Http1Limits(
        Duration head, Duration idle, Duration writeStall, Duration bodyGrace, int bodyRate, Duration linger) {
    public static final Http1Limits DEFAULT = new Http1Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(300),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            500,
            Duration.ofSeconds(2));
}
