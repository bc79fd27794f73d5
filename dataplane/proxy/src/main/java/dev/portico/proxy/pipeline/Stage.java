package dev.portico.proxy.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * A filter made runnable. One instance serves all requests of its route on all event loops: what it remembers of a
 * request belongs into the {@link Exchange}, what it remembers longer into {@link KeyedState}.
 */
public interface Stage {
    /** Runs before the route's ending; may change the request. An answer ends the request, null lets it pass. */
    default @Nullable Reply request(Exchange exchange) {
        return null;
    }

    /** Runs before a response's head goes to the client, the endpoint's or our own; in reverse order of the requests. */
    default void response(Exchange exchange, ResponseHead head) {}
}
