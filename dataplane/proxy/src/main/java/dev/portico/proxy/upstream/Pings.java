package dev.portico.proxy.upstream;

import java.time.Duration;

/**
 * When an endpoint that speaks HTTP/2 and is asked something must give a sign of life by answering a PING. Servers of
 * gRPC close connections on which PINGs come more often than they send an answer or five minutes pass.
 *
 * @param silence how long nothing came before one is sent
 * @param answer how long the connection is kept without anything after it
 * @param pause how long no other is sent where nothing of an answer came after it
 */
public record Pings(Duration silence, Duration answer, Duration pause) {
    public static final Pings DEFAULT =
            new Pings(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofMinutes(6));
}
