package dev.portico.proxy.runtime;

import dev.portico.proxy.match.Hosts;
import dev.portico.proxy.pipeline.Gate;
import dev.portico.proxy.pipeline.Router;
import org.jspecify.annotations.Nullable;

/** A listener with its hosts. */
record BoundListener(Gate gate, Hosts<BoundHost> hosts) implements Router.Site {
    @Override
    public Router.@Nullable Host host(String name) {
        return hosts.find(name);
    }
}
