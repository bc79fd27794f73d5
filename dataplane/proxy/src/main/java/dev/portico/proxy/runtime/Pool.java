package dev.portico.proxy.runtime;

import dev.portico.proxy.pipeline.EndpointChoice;
import dev.portico.proxy.pipeline.Router;
import dev.portico.proxy.upstream.Hop;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upstream and its endpoints, which come as two sections in any order.
 *
 * @param hop kept as long as the upstream stays, and with it the connections
 * @param served there as soon as the upstream is
 */
record Pool(
        @Nullable Upstream upstream,
        @Nullable Endpoints endpoints,
        @Nullable Hop hop,
        @Nullable Served served) {
    static final Pool NONE = new Pool(null, null, null, null);

    /** An upstream as requests see it. */
    record Served(EndpointChoice endpoints, Hop hop) implements Router.Upstream {}

    Pool with(@Nullable Upstream newUpstream) {
        return new Pool(newUpstream, endpoints, null, null);
    }

    Pool with(@Nullable Endpoints newEndpoints) {
        return new Pool(upstream, newEndpoints, hop, null);
    }

    boolean isNone() {
        return upstream == null && endpoints == null;
    }

    /** Where the hop cannot be made there is no endpoint for anybody. */
    Pool served(Choices choices, Hops hops) {
        if (upstream == null) {
            return this;
        }
        Hop made = hop == null ? hops.of(upstream) : hop;
        Endpoints now = endpoints == null || made == null ? new Endpoints(upstream.id(), List.of()) : endpoints;
        EndpointChoice choice = choices.of(upstream, now);
        return new Pool(upstream, endpoints, made, new Served(choice, made == null ? Hop.PLAIN : made));
    }
}
