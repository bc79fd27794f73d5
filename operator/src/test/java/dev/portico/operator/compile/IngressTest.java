package dev.portico.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class IngressTest {
    @Test
    void anIngressServesItsHostOnAllListenersOfItsClassesGateway() {
        var compiled = Worlds.compile(Worlds.edge(Worlds.ingress("web", "shop.example.org", "/cart/")));

        assertThat(Tell.messages(compiled)).isEmpty();
        assertThat(Tell.hosts(compiled))
                .containsExactly("shop.example.org@http-80+https-443: PREFIX /cart -> shop/web:80");
        assertThat(compiled.ingresses()).hasSize(1);
    }

    @Test
    void ofTwoIngressesWithOnePathTheOlderServesAndTheYoungerIsTold() {
        var compiled = Worlds.compile(Worlds.edge(
                Worlds.ingress("b", "2026-03-01T00:00:00Z", "h.org", "Prefix", "/", "{name: web, port: {name: http}}"),
                Worlds.ingress("a", "2026-04-01T00:00:00Z", "h.org", "Prefix", "/", "{name: no, port: {number: 1}}")));

        assertThat(Tell.hosts(compiled)).containsExactly("h.org@http-80+https-443: PREFIX / -> shop/web:80");
        assertThat(Tell.problems(compiled))
                .containsExactly(
                        "Ingress/shop/a spec.rules[0].http.paths[0] Conflicted",
                        "Ingress/shop/a spec.rules[0].http.paths[0].backend.service.name BackendNotFound");
        assertThat(Tell.messages(compiled)).contains("Ingress/shop/b").contains("Service/shop/no does not exist");
    }
}
