package dev.portico.proxy.pipeline;

import dev.portico.proxy.upstream.UpstreamRequest;
import dev.portico.routetable.Timeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Until when a request and its attempts may last. */
final class RequestDeadlines {
    private static final long IDLE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long STALL_NANOS = Duration.ofMinutes(5).toNanos();
    /** In a call both sides may be silent for long before one of them says something. */
    private static final long SILENCE_NANOS = Duration.ofHours(1).toNanos();

    /** Beyond it a duration has no room among nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Timeouts timeouts;
    private final long request;
    private final boolean call;

    private RequestDeadlines(Timeouts timeouts, long request, boolean call) {
        this.timeouts = timeouts;
        this.request = request;
        this.call = call;
    }

    static RequestDeadlines of(Timeouts timeouts, long startedAt) {
        return new RequestDeadlines(timeouts, after(startedAt, timeouts.request()), false);
    }

    /**
     * Of a call of gRPC.
     *
     * @param patience how long its client waits; it shortens what the route allows and never lengthens it
     */
    static RequestDeadlines ofCall(Timeouts timeouts, long startedAt, @Nullable Duration patience) {
        long allowed = after(startedAt, timeouts.request());
        return new RequestDeadlines(
                timeouts, patience == null ? allowed : earlier(allowed, startedAt + nanos(patience)), true);
    }

    private static long nanos(Duration patience) {
        return patience.compareTo(LONGEST) < 0 ? patience.toNanos() : LONGEST.toNanos();
    }

    boolean requestIsOver() {
        return request != UpstreamRequest.NEVER && System.nanoTime() - request >= 0;
    }

    /** When an attempt must be over. */
    long attempt(long begunAt) {
        return earlier(request, after(begunAt, timeouts.backendRequest()));
    }

    private static long earlier(long one, long other) {
        if (one == UpstreamRequest.NEVER || other == UpstreamRequest.NEVER) {
            return one == UpstreamRequest.NEVER ? other : one;
        }
        return one - other < 0 ? one : other;
    }

    /** How long an endpoint may be silent. Who says how long an attempt may take, be it for ever, has said this too. */
    long idleNanos() {
        if (timeouts.backendRequest() != null || timeouts.request() != null) {
            return UpstreamRequest.NEVER;
        }
        return call ? SILENCE_NANOS : IDLE_NANOS;
    }

    /** How long nothing at all may move. */
    long stallNanos() {
        return call ? SILENCE_NANOS : STALL_NANOS;
    }

    private static long after(long start, @Nullable Duration limit) {
        return limit == null || limit.isZero() ? UpstreamRequest.NEVER : start + limit.toNanos();
    }
}
