package dev.portico.proxy.telemetry;

import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.RunnableRoute;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/** What one event loop counts. Raised by that loop alone, read by whoever asks. */
final class LoopCounters {
    private static final int TUNNEL = 101;
    static final int CLASSES = 6;

    final Map<String, OfListener> listeners = new ConcurrentHashMap<>();
    final RouteCounters routes = new RouteCounters(Metrics.MAX_ROUTES + 1);
    final Map<String, Counter> reasons = new ConcurrentHashMap<>();
    final Histogram upstreamHead = new Histogram();

    private final ToIntFunction<String> routeNumber;
    private final Series reasonNames;

    LoopCounters(Series routeNames, Series reasonNames) {
        this.routeNumber = routeNames::number;
        this.reasonNames = reasonNames;
    }

    void finished(Exchange exchange) {
        OfListener listener = listener(exchange.client().listener());
        listener.byClass[statusClass(exchange.status())].add(1);
        // A tunnel lasts as long as its peers please, and its bytes were counted as they went.
        boolean tunnel = exchange.status() == TUNNEL;
        if (!tunnel) {
            listener.duration.record(exchange.durationNanos());
            listener.received.add(exchange.bytesReceived());
            listener.sent.add(exchange.bytesSent());
        }
        if (exchange.attempts() > 1) {
            listener.retries.add(exchange.attempts() - 1L);
        }
        RunnableRoute route = exchange.route();
        if (route != null) {
            routes.record(
                    route.series(routeNumber), statusClass(exchange.status()), tunnel ? 0 : exchange.durationNanos());
        }
        if (exchange.reason() != null) {
            reason(exchange.reason()).add(1);
        }
        if (exchange.upstreamNanos() >= 0) {
            upstreamHead.record(exchange.upstreamNanos());
        }
    }

    OfListener listener(String id) {
        OfListener found = listeners.get(id);
        return found == null ? listeners.computeIfAbsent(id, _ -> new OfListener()) : found;
    }

    private Counter reason(String reason) {
        Counter found = reasons.get(reason);
        return found == null ? reasons.computeIfAbsent(reasonNames.admit(reason), _ -> new Counter()) : found;
    }

    /** 1 to 5 as in 1xx to 5xx; 0: none was answered. */
    static int statusClass(int status) {
        return status < 100 || status > 599 ? 0 : status / 100;
    }

    static Counter[] classes() {
        var counters = new Counter[CLASSES];
        for (int i = 0; i < counters.length; i++) {
            counters[i] = new Counter();
        }
        return counters;
    }

    static final class OfListener {
        final Counter[] byClass = classes();
        final Map<ConnectionLimit, Counter> limits = new ConcurrentHashMap<>();
        final Histogram duration = new Histogram();
        final Counter received = new Counter();
        final Counter sent = new Counter();
        final Counter retries = new Counter();
        final Counter connected = new Counter();
        final Counter disconnected = new Counter();
        final Counter tunnelsBegun = new Counter();
        final Counter tunnelsOver = new Counter();
        final Counter tunnelUp = new Counter();
        final Counter tunnelDown = new Counter();
    }
}
