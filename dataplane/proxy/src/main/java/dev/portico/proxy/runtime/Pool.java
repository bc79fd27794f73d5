package dev.portico.proxy.runtime;

import dev.portico.proxy.pipeline.EndpointChoice;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upstream and its endpoints, which come as two sections in any order.
 *
 * @param choice there as soon as the upstream is
 */
record Pool(
        @Nullable Upstream upstream,
        @Nullable Endpoints endpoints,
        @Nullable EndpointChoice choice) {
    static final Pool NONE = new Pool(null, null, null);

    Pool with(@Nullable Upstream newUpstream) {
        return new Pool(newUpstream, endpoints, null);
    }

    Pool with(@Nullable Endpoints newEndpoints) {
        return new Pool(upstream, newEndpoints, null);
    }

    boolean isNone() {
        return upstream == null && endpoints == null;
    }

    Pool chosenBy(Choices choices) {
        if (upstream == null) {
            return this;
        }
        Endpoints now = endpoints == null ? new Endpoints(upstream.id(), List.of()) : endpoints;
        return new Pool(upstream, endpoints, choices.of(upstream, now));
    }
}
