package dev.portico.proxy.pipeline;

import dev.portico.routetable.Endpoints.Endpoint;
import org.jspecify.annotations.Nullable;

/** A balancer over the endpoints of an upstream as they are in one table. Called by all event loops. */
public interface EndpointChoice {
    /** The endpoint whose turn it is; null where there is none. */
    @Nullable
    Endpoint next();

    /** How many endpoints there are: more tries are of no use. */
    int size();
}
