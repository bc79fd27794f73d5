package dev.portico.operator.compile;

import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.Problem;
import dev.portico.operator.source.service.EndpointsReader;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Upstream;
import java.util.List;

/** Pass: an upstream for each port of a Service that somebody uses, and its endpoints. */
final class Upstreams {
    private final EndpointsReader reader;

    Upstreams(boolean allowLoopback) {
        this.reader = new EndpointsReader(allowLoopback);
    }

    /** The upstream. The Service itself is none of its objects: of it no generation is kept, it has none. */
    Placed upstream(UpstreamKey key, BackendPolicies.Spoken spoken) {
        var upstream = new Upstream(key.upstream(), new Balancer.RoundRobin(), spoken.protocol(), spoken.tls());
        return new Placed(key.dataPlane(), Table.Entry.of(upstream, spoken.origins()));
    }

    /** The endpoints as the slices have them; also where there is none, so that the data plane answers 503. */
    Reading endpoints(UpstreamKey key, UpstreamUse use, boolean closed, ClusterState world) {
        var read = reader.read(use.port(), world.slices(use.service()));
        var endpoints = new Endpoints(key.upstream(), closed ? List.of() : read.endpoints());
        return new Reading(new Placed(key.dataPlane(), Table.Entry.of(endpoints, List.of())), read.problems());
    }

    /** A section and what is wrong with the slices it was read from. */
    record Reading(Placed placed, List<Problem> problems) {}
}
