package dev.portico.routetable;

import java.time.Duration;

/** What clients may cost. Numbers hold in each process of a data plane. */
public record ClientLimits(
        Connections connections, Headers headers, Timeouts timeouts, MinBodyRate minBodyRate, Http2 http2) {
    /** What holds where nobody said otherwise. */
    public static final ClientLimits DEFAULT = new ClientLimits(
            new Connections(50_000, 0, 10_000),
            new Headers(16 * 1024, 64 * 1024, 100),
            new Timeouts(
                    Duration.ofSeconds(10), Duration.ofSeconds(300), Duration.ofSeconds(10), Duration.ofSeconds(30)),
            new MinBodyRate(500, Duration.ofSeconds(30)),
            new Http2(100, 200, Duration.ofSeconds(30)));

    /**
     * How many connections there may be.
     *
     * @param max of all clients on all listeners
     * @param maxPerIp of one address, an IPv6 one without its last 64 bits, on all listeners; 0: no cap
     * @param maxRequests on one connection; 0: no limit
     */
    public record Connections(int max, int maxPerIp, int maxRequests) {
        public Connections {
            Check.range("max", max, 1, 1_000_000);
            Check.range("maxPerIp", maxPerIp, 0, 100_000);
            Check.range("maxRequests", maxRequests, 0, 1_000_000);
        }
    }

    /**
     * How large a head may be.
     *
     * @param maxLine bytes of the request line; in HTTP/2 of {@code :path}
     * @param maxBytes of all header lines; HTTP/2 has a bound of its own below it
     * @param maxCount header lines; in HTTP/2 the parts of a Cookie count one by one
     */
    public record Headers(int maxLine, int maxBytes, int maxCount) {
        public Headers {
            Check.range("maxLine", maxLine, 1024, 64 * 1024);
            Check.range("maxBytes", maxBytes, 4 * 1024, 256 * 1024);
            Check.range("maxCount", maxCount, 10, 500);
        }
    }

    /**
     * How slow a client may be.
     *
     * @param header until the head of a request is there, or what else a protocol begins with
     * @param idle without a request
     * @param tlsHandshake until the handshake is done
     * @param writeStall without taking anything of a response that waits for it
     */
    public record Timeouts(Duration header, Duration idle, Duration tlsHandshake, Duration writeStall) {
        public Timeouts {
            Check.positive("header", header);
            Check.positive("idle", idle);
            Check.positive("tlsHandshake", tlsHandshake);
            Check.positive("writeStall", writeStall);
        }
    }

    /**
     * How slowly a body may come.
     *
     * @param rate bytes per second on average; 0: no limit
     * @param after how long a body may come before the rate is asked for
     */
    public record MinBodyRate(int rate, Duration after) {
        public MinBodyRate {
            Check.range("rate", rate, 0, 1_000_000);
            Check.positive("after", after);
        }
    }

    /**
     * What one HTTP/2 connection may do.
     *
     * @param maxConcurrentStreams requests at the same time
     * @param maxResets requests that the client resets, or makes us reset, within {@code resetWindow}
     */
    public record Http2(int maxConcurrentStreams, int maxResets, Duration resetWindow) {
        public Http2 {
            Check.range("maxConcurrentStreams", maxConcurrentStreams, 1, 1_000);
            Check.range("maxResets", maxResets, 10, 10_000);
            Check.positive("resetWindow", resetWindow);
        }
    }
}
