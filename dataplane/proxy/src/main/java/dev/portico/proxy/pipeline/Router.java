package dev.portico.proxy.pipeline;

import dev.portico.proxy.upstream.Hop;
import org.jspecify.annotations.Nullable;

/** A loaded table as requests see it: immutable, so a request ends on the one it began on. */
public interface Router {
    /** The listener of this id; null where this table has none (any more). */
    @Nullable
    Site listener(String id);

    /** Null where the table has no such upstream. */
    @Nullable
    Upstream upstream(String id);

    /** Where requests go. */
    interface Upstream {
        /** Chooses among the endpoints. */
        EndpointChoice endpoints();

        /** What is spoken to each of them. */
        Hop hop();
    }

    /** What a listener serves. */
    interface Site {
        /** The checks of this listener, made once per table. */
        Gate gate();

        /** The most specific virtual host for a host name; null: 404. */
        @Nullable
        Host host(String name);
    }

    /** A virtual host as one listener serves it. */
    interface Host {
        /** Answers everything but ACME challenges where the listener is bound to send this host to https. */
        Ending.@Nullable Answer redirect();

        /** The best route for the request; null: 404. */
        @Nullable
        RunnableRoute match(RequestHead head);
    }
}
