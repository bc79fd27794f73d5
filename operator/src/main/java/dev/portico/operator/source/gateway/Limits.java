package dev.portico.operator.source.gateway;

import dev.portico.crds.gateway.ClientTraffic;
import dev.portico.operator.model.Problems;
import dev.portico.operator.source.Durations;
import dev.portico.operator.source.Sizes;
import dev.portico.routetable.ClientLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads what clients of a Gateway may cost. What cannot be read keeps its default, and is a problem. */
final class Limits {
    private static final String FIELD = "spec.clientTraffic";

    private final ClientTraffic traffic;
    private final Problems problems;

    private Limits(ClientTraffic traffic, Problems problems) {
        this.traffic = traffic;
        this.problems = problems;
    }

    /** Null where they are the defaults: a data plane that knows no limits yet has those too. */
    static @Nullable ClientLimits read(ClientTraffic traffic, Problems problems) {
        var limits = new Limits(traffic, problems).read();
        return limits.equals(ClientLimits.DEFAULT) ? null : limits;
    }

    private ClientLimits read() {
        return new ClientLimits(connections(), headers(), timeouts(), minBodyRate(), http2());
    }

    private ClientLimits.Connections connections() {
        var connections = traffic.connections();
        var perIp = connections.maxPerIP();
        return new ClientLimits.Connections(connections.max(), perIp == null ? 0 : perIp, connections.maxRequests());
    }

    private ClientLimits.Headers headers() {
        var headers = traffic.headers();
        var byDefault = ClientLimits.DEFAULT.headers();
        return new ClientLimits.Headers(
                size(headers.maxLine(), ".headers.maxLine", byDefault.maxLine()),
                size(headers.maxBytes(), ".headers.maxBytes", byDefault.maxBytes()),
                headers.maxCount());
    }

    private ClientLimits.Timeouts timeouts() {
        var timeouts = traffic.timeouts();
        var byDefault = ClientLimits.DEFAULT.timeouts();
        return new ClientLimits.Timeouts(
                duration(timeouts.header(), ".timeouts.header", byDefault.header()),
                duration(timeouts.idle(), ".timeouts.idle", byDefault.idle()),
                duration(timeouts.tlsHandshake(), ".timeouts.tlsHandshake", byDefault.tlsHandshake()),
                duration(timeouts.writeStall(), ".timeouts.writeStall", byDefault.writeStall()));
    }

    private ClientLimits.MinBodyRate minBodyRate() {
        var rate = traffic.minBodyRate();
        var byDefault = ClientLimits.DEFAULT.minBodyRate();
        return new ClientLimits.MinBodyRate(
                rate.rate(), duration(rate.after(), ".minBodyRate.after", byDefault.after()));
    }

    private ClientLimits.Http2 http2() {
        var http2 = traffic.http2();
        var byDefault = ClientLimits.DEFAULT.http2();
        return new ClientLimits.Http2(
                http2.maxConcurrentStreams(),
                http2.maxResets(),
                duration(http2.resetWindow(), ".http2.resetWindow", byDefault.resetWindow()));
    }

    private Duration duration(String text, String field, Duration byDefault) {
        var duration = Durations.read(text, FIELD + field, problems);
        return duration == null ? byDefault : duration;
    }

    private int size(String text, String field, int byDefault) {
        var size = Sizes.read(text, FIELD + field, problems);
        return size == null ? byDefault : size;
    }
}
