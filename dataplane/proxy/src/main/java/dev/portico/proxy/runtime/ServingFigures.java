package dev.portico.proxy.runtime;

import dev.portico.proxy.ratelimit.Buckets;
import dev.portico.proxy.telemetry.Exposition;
import dev.portico.proxy.telemetry.MetricSource;
import dev.portico.proxy.telemetry.MetricType;
import java.util.Map;
import java.util.TreeMap;

/** Figures of the table that serves and of the state beside it. */
public final class ServingFigures implements MetricSource {
    /** Upstreams and limits beyond this have no series. */
    private static final int MAX_SERIES = 10_000;

    private final Serving serving;
    private final KeyedMemory memory;

    public ServingFigures(Serving serving, KeyedMemory memory) {
        this.serving = serving;
        this.memory = memory;
    }

    @Override
    public void write(Exposition out) {
        Table table = serving.table();
        out.single("portico_listeners", MetricType.GAUGE, "Listeners of the table.", table.sites.size());
        out.single("portico_upstreams", MetricType.GAUGE, "Upstreams of the table.", table.pools.size());
        out.metric("portico_upstream_endpoints", MetricType.GAUGE, "Endpoints of an upstream.");
        table.pools.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MAX_SERIES)
                .forEach(entry ->
                        out.sample("portico_upstream_endpoints", size(entry.getValue()), "upstream", entry.getKey()));
        limits(out);
    }

    private static int size(Pool pool) {
        return pool.served() == null ? 0 : pool.served().endpoints().size();
    }

    private void limits(Exposition out) {
        var limits = new TreeMap<String, Buckets>();
        memory.forEach(Buckets.class, (id, buckets) -> {
            if (limits.size() < MAX_SERIES) {
                limits.put(id, buckets);
            }
        });
        String limited = "portico_rate_limited_total";
        out.metric(limited, MetricType.COUNTER, "Requests beyond a limit, by limit and what became of them.");
        limits.forEach((id, buckets) -> {
            out.sample(limited, buckets.refused(), "limit", id, "mode", "enforce");
            out.sample(limited, buckets.shadowed(), "limit", id, "mode", "shadow");
        });
        out.metric("portico_rate_limit_keys", MetricType.GAUGE, "Keys that a limit remembers, about.");
        limits.forEach((id, buckets) -> out.sample("portico_rate_limit_keys", buckets.keys(), "limit", id));
    }
}
