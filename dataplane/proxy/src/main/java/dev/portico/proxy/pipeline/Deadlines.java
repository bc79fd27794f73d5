package dev.portico.proxy.pipeline;

import dev.portico.proxy.upstream.UpstreamRequest;
import dev.portico.routetable.Timeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Until when a request and its attempts may last. */
final class Deadlines {
    private static final long IDLE_NANOS = Duration.ofSeconds(60).toNanos();

    private final Timeouts timeouts;
    private final long request;

    Deadlines(Timeouts timeouts, long startedAt) {
        this.timeouts = timeouts;
        this.request = after(startedAt, timeouts.request());
    }

    boolean requestIsOver() {
        return request != UpstreamRequest.NEVER && System.nanoTime() - request >= 0;
    }

    /** When an attempt must be over. */
    long attempt(long begunAt) {
        long own = after(begunAt, timeouts.backendRequest());
        if (request == UpstreamRequest.NEVER || own == UpstreamRequest.NEVER) {
            return request == UpstreamRequest.NEVER ? own : request;
        }
        return own - request < 0 ? own : request;
    }

    /** How long an endpoint may be silent. Who says how long an attempt may take, be it for ever, has said this too. */
    long idleNanos() {
        return timeouts.backendRequest() == null && timeouts.request() == null ? IDLE_NANOS : UpstreamRequest.NEVER;
    }

    private static long after(long start, @Nullable Duration limit) {
        return limit == null || limit.isZero() ? UpstreamRequest.NEVER : start + limit.toNanos();
    }
}
