package dev.portico.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.proxy.pipeline.EndpointChoice;
import dev.portico.proxy.runtime.KeyedMemory;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Endpoints.Endpoint;
import dev.portico.routetable.Upstream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalancersTest {
    private final Balancers balancers = new Balancers(new KeyedMemory());

    @Test
    void eachEndpointHasItsTurnAcrossTables() {
        var chosen = new ArrayList<Integer>();
        for (int table = 0; table < 3; table++) {
            EndpointChoice choice = choice(1, 2, 3, 4);
            for (int i = 0; i < 2; i++) {
                Endpoint endpoint = choice.next(List.of());
                chosen.add(endpoint == null ? -1 : endpoint.port());
            }
        }
        assertThat(chosen).containsExactly(1, 2, 3, 4, 1, 2);
    }

    @Test
    void withoutEndpointsNoneIsChosen() {
        assertThat(choice().next(List.of())).isNull();
    }

    @Test
    void anEndpointThatIsExceptedIsPassedOver() {
        EndpointChoice choice = choice(1, 2);
        List<Endpoint> dead = List.of(new Endpoint("192.0.2.1", 1));
        for (int i = 0; i < 3; i++) {
            assertThat(choice.next(dead)).isEqualTo(new Endpoint("192.0.2.1", 2));
        }
        assertThat(choice(1).next(dead)).isNull();
    }

    private EndpointChoice choice(Integer... ports) {
        List<Endpoint> endpoints = List.of(ports).stream()
                .map(port -> new Endpoint("192.0.2.1", port))
                .toList();
        return balancers.of(new Upstream("up", new Balancer.RoundRobin()), new Endpoints("up", endpoints));
    }
}
