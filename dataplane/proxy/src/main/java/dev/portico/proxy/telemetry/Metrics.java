package dev.portico.proxy.telemetry;

import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.proxy.telemetry.LoopCounters.OfListener;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Adds up what the loops counted. */
public final class Metrics implements MetricSource {
    /** Routes beyond this are counted as one. */
    static final int MAX_ROUTES = 10_000;

    private static final int MAX_REASONS = 200;
    private static final String[] CLASSES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private final Series routes = new Series(MAX_ROUTES);
    private final Series reasons = new Series(MAX_REASONS);
    private final List<LoopCounters> loops = new CopyOnWriteArrayList<>();

    LoopCounters newLoop() {
        var counters = new LoopCounters(routes, reasons);
        loops.add(counters);
        return counters;
    }

    /** Connections of clients that are open. */
    long openConnections() {
        long gone = 0;
        long come = 0;
        for (LoopCounters loop : loops) {
            for (OfListener listener : loop.listeners.values()) {
                gone += listener.disconnected.get();
                come += listener.connected.get();
            }
        }
        return come - gone;
    }

    @Override
    public void write(Exposition out) {
        Map<String, List<OfListener>> listeners = byName(loop -> loop.listeners);
        byClass(out, "portico_requests_total", "Requests by listener and class of status.", "listener", listeners);
        durations(out, listeners);
        sums(out, "portico_request_body_bytes_total", "Bytes of request bodies.", listeners, l -> l.received.get());
        sums(out, "portico_response_body_bytes_total", "Bytes of response bodies.", listeners, l -> l.sent.get());
        sums(out, "portico_retries_total", "Attempts beyond the first.", listeners, l -> l.retries.get());
        sums(out, "portico_connections_total", "Connections accepted.", listeners, l -> l.connected.get());
        out.metric("portico_connections", MetricType.GAUGE, "Connections that are open.");
        listeners.forEach((id, counted) -> {
            // In this order a connection that comes and goes meanwhile never counts as less than none.
            long gone = sum(counted, l -> l.disconnected.get());
            out.sample("portico_connections", sum(counted, l -> l.connected.get()) - gone, "listener", id);
        });
        tunnels(out, listeners);
        connectionLimits(out, listeners);
        routes(out);
        out.metric("portico_own_answers_total", MetricType.COUNTER, "Answers that no endpoint gave, by reason.");
        this.<Counter>byName(loop -> loop.reasons)
                .forEach((reason, counted) ->
                        out.sample("portico_own_answers_total", sum(counted, Counter::get), "reason", reason));
        upstreamHeads(out);
    }

    private static void tunnels(Exposition out, Map<String, List<OfListener>> listeners) {
        sums(out, "portico_tunnels_total", "WebSockets opened.", listeners, l -> l.tunnelsBegun.get());
        out.metric("portico_tunnels", MetricType.GAUGE, "WebSockets that are open.");
        listeners.forEach((id, counted) -> {
            long over = sum(counted, l -> l.tunnelsOver.get());
            out.sample("portico_tunnels", sum(counted, l -> l.tunnelsBegun.get()) - over, "listener", id);
        });
        String bytes = "portico_tunnel_bytes_total";
        out.metric(bytes, MetricType.COUNTER, "Bytes of WebSockets to endpoints and to clients.");
        listeners.forEach((id, counted) -> {
            out.sample(bytes, sum(counted, l -> l.tunnelUp.get()), "listener", id, "to", "endpoint");
            out.sample(bytes, sum(counted, l -> l.tunnelDown.get()), "listener", id, "to", "client");
        });
    }

    private void routes(Exposition out) {
        var counted = new TreeMap<>(routes.numbers());
        counted.values().removeIf(number -> sum(loops, loop -> loop.routes.requests(number)) == 0);
        String requests = "portico_route_requests_total";
        out.metric(requests, MetricType.COUNTER, "Requests by route and class of status.");
        counted.forEach((id, number) -> {
            for (int i = 0; i < CLASSES.length; i++) {
                int statusClass = i;
                long count = sum(loops, loop -> loop.routes.requests(number, statusClass));
                if (count > 0) {
                    out.sample(requests, count, "route", id, "class", CLASSES[i]);
                }
            }
        });
        String seconds = "portico_route_request_seconds_total";
        out.metric(seconds, MetricType.COUNTER, "Time from request to end of response, by route.");
        counted.forEach((id, number) ->
                out.sample(seconds, sum(loops, loop -> loop.routes.nanos(number)) / 1e9, "route", id));
    }

    private static void byClass(
            Exposition out, String name, String help, String label, Map<String, List<OfListener>> byName) {
        out.metric(name, MetricType.COUNTER, help);
        byName.forEach((id, counted) -> {
            for (int i = 0; i < CLASSES.length; i++) {
                int statusClass = i;
                long count = sum(counted, listener -> listener.byClass[statusClass].get());
                if (count > 0) {
                    out.sample(name, count, label, id, "class", CLASSES[i]);
                }
            }
        });
    }

    private static void connectionLimits(Exposition out, Map<String, List<OfListener>> listeners) {
        String name = "portico_connection_limits_total";
        out.metric(name, MetricType.COUNTER, "Connections that met a limit of which no request can tell.");
        listeners.forEach((id, counted) -> {
            var byLimit = new EnumMap<ConnectionLimit, Long>(ConnectionLimit.class);
            counted.forEach(listener ->
                    listener.limits.forEach((limit, count) -> byLimit.merge(limit, count.get(), Long::sum)));
            byLimit.forEach((limit, count) -> out.sample(name, count, "listener", id, "limit", limit.word()));
        });
    }

    private static void durations(Exposition out, Map<String, List<OfListener>> listeners) {
        String name = "portico_request_duration_seconds";
        out.metric(name, MetricType.HISTOGRAM, "From a request's head to its response's end.");
        listeners.forEach((id, counted) -> {
            var total = new Histogram.Total();
            counted.forEach(listener -> listener.duration.addTo(total));
            out.histogram(name, total, "listener", id);
        });
    }

    private void upstreamHeads(Exposition out) {
        String name = "portico_upstream_head_seconds";
        out.metric(name, MetricType.HISTOGRAM, "From a request sent to an endpoint to its response's head.");
        var total = new Histogram.Total();
        loops.forEach(loop -> loop.upstreamHead.addTo(total));
        out.histogram(name, total);
    }

    private static void sums(
            Exposition out,
            String name,
            String help,
            Map<String, List<OfListener>> listeners,
            ToLongFunction<OfListener> value) {
        out.metric(name, MetricType.COUNTER, help);
        listeners.forEach((id, counted) -> out.sample(name, sum(counted, value), "listener", id));
    }

    private <C> Map<String, List<C>> byName(Function<LoopCounters, Map<String, C>> counters) {
        var byName = new TreeMap<String, List<C>>();
        loops.forEach(loop -> counters.apply(loop)
                .forEach((name, counter) ->
                        byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(counter)));
        return byName;
    }

    private static <C> long sum(List<C> counted, ToLongFunction<C> value) {
        return counted.stream().mapToLong(value).sum();
    }
}
