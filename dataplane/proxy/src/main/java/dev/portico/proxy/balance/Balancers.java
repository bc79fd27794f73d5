package dev.portico.proxy.balance;

import dev.portico.proxy.pipeline.EndpointChoice;
import dev.portico.proxy.pipeline.KeyedState;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Upstream;
import java.util.concurrent.atomic.AtomicInteger;

/** From the balancer that an upstream declares to the algorithm. */
public final class Balancers {
    private final KeyedState state;

    public Balancers(KeyedState state) {
        this.state = state;
    }

    public EndpointChoice of(Upstream upstream, Endpoints endpoints) {
        return switch (upstream.balancer()) {
            case Balancer.RoundRobin _ ->
                new InTurn(endpoints.endpoints(), state.get(AtomicInteger.class, upstream.id(), AtomicInteger::new));
        };
    }
}
