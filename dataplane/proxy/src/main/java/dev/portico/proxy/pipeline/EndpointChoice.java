package dev.portico.proxy.pipeline;

import dev.portico.routetable.Endpoints.Endpoint;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A balancer over the endpoints of an upstream as they are in one table. Called by all event loops. */
public interface EndpointChoice {
    /** The endpoint whose turn it is, but none of these; null where there is no other. */
    @Nullable
    Endpoint next(Collection<Endpoint> except);

    /** How many endpoints there are. */
    int size();
}
