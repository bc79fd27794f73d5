package dev.portico.proxy.pipeline;

import org.jspecify.annotations.Nullable;

/** An action made runnable: what ends a route. */
public sealed interface Ending {
    /** Answers by itself. */
    @FunctionalInterface
    non-sealed interface Answer extends Ending {
        Reply answer(Exchange exchange);
    }

    /** Sends the request to an endpoint of an upstream. */
    @FunctionalInterface
    non-sealed interface Forwarding extends Ending {
        /** The id of the upstream whose turn it is; null where the share belongs to a backend that cannot serve. */
        @Nullable
        String next();
    }
}
