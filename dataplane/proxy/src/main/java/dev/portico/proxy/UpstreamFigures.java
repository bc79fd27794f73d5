package dev.portico.proxy;

import dev.portico.proxy.telemetry.Exposition;
import dev.portico.proxy.telemetry.MetricSource;
import dev.portico.proxy.telemetry.MetricType;
import dev.portico.proxy.upstream.Leases;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Figures of the connections to endpoints, all event loops together. */
final class UpstreamFigures implements MetricSource {
    private final Supplier<? extends Collection<Leases>> leases;
    private final int room;

    /** @param room how many connections there may be */
    UpstreamFigures(Supplier<? extends Collection<Leases>> leases, int room) {
        this.leases = leases;
        this.room = room;
    }

    @Override
    public void write(Exposition out) {
        out.single(
                "portico_upstream_connections",
                MetricType.GAUGE,
                "Connections to endpoints, idle ones included.",
                sum(Leases::open));
        out.single(
                "portico_upstream_connections_room",
                MetricType.GAUGE,
                "Connections to endpoints that there are file descriptors for.",
                room);
        out.single(
                "portico_upstream_leases",
                MetricType.GAUGE,
                "Requests that have a connection to an endpoint, or a stream of one, and WebSockets.",
                sum(Leases::leased));
        out.single(
                "portico_upstream_waiting",
                MetricType.GAUGE,
                "Requests that wait for a connection to an endpoint.",
                sum(Leases::waiting));
    }

    private int sum(ToIntFunction<Leases> figure) {
        return leases.get().stream().mapToInt(figure).sum();
    }
}
