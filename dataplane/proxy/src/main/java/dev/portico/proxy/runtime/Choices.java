package dev.portico.proxy.runtime;

import dev.portico.proxy.pipeline.EndpointChoice;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Upstream;

/** Makes the choice among endpoints that an upstream declares. */
@FunctionalInterface
public interface Choices {
    EndpointChoice of(Upstream upstream, Endpoints endpoints);
}
