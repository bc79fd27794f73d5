package dev.portico.proxy;

import dev.portico.routetable.ClientLimits;
import dev.portico.routetable.ClientTraffic;
import java.time.Duration;

/** Limits of which one block is not the default. */
public final class TestLimits {
    private static final ClientLimits REST = ClientLimits.DEFAULT;

    private TestLimits() {}

    public static ClientTraffic traffic(ClientLimits limits) {
        ClientTraffic rest = ClientTraffic.DEFAULT;
        return new ClientTraffic(
                null, rest.serverHeader(), rest.requestId(), rest.escapedSlashes(), rest.underscoreHeaders(), limits);
    }

    public static ClientLimits connections(int max, int maxPerIp, int maxRequests) {
        return new ClientLimits(
                new ClientLimits.Connections(max, maxPerIp, maxRequests),
                REST.headers(),
                REST.timeouts(),
                REST.minBodyRate(),
                REST.http2());
    }

    public static ClientLimits headers(int maxLine, int maxBytes, int maxCount) {
        return new ClientLimits(
                REST.connections(),
                new ClientLimits.Headers(maxLine, maxBytes, maxCount),
                REST.timeouts(),
                REST.minBodyRate(),
                REST.http2());
    }

    public static ClientLimits http2(int maxConcurrentStreams, int maxResets, Duration resetWindow) {
        return new ClientLimits(
                REST.connections(),
                REST.headers(),
                REST.timeouts(),
                REST.minBodyRate(),
                new ClientLimits.Http2(maxConcurrentStreams, maxResets, resetWindow));
    }

    /** As short as given, for all that has to do with time. */
    public static ClientLimits patience(ClientLimits.Timeouts timeouts, ClientLimits.MinBodyRate minBodyRate) {
        return new ClientLimits(REST.connections(), REST.headers(), timeouts, minBodyRate, REST.http2());
    }
}
