package dev.portico.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.model.CompileOptions;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.Upstream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ServiceTest {
    private static final String TWO_PORTS = """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {clusterIP: None, ports: [{name: http, port: 80, targetPort: web}, {name: admin, port: 81}, {name: dns, port: 53, protocol: UDP}]}
            """;

    @Test
    void endpointsComeFromAllSlicesOfBothFamiliesByThePortsName() {
        assertThat(endpoints(
                        TWO_PORTS,
                        slice(
                                "a",
                                "IPv4",
                                "{name: http, port: 8080}, {name: admin, port: 9}",
                                "{addresses: [10.0.0.2]}"),
                        slice("b", "IPv4", "{name: http, port: 8081}", "{addresses: [10.0.0.1, 10.0.0.2]}"),
                        slice("c", "IPv6", "{name: http, port: 8080}", "{addresses: ['fd00::1']}")))
                .containsExactly("10.0.0.1:8081", "10.0.0.2:8080", "10.0.0.2:8081", "fd00::1:8080");
    }

    @Test
    void readyOnesServeAndWhereNoneIsThoseThatServeWhileTheyTerminate() {
        var terminating = "{addresses: [10.0.0.1], conditions: {ready: false, serving: true, terminating: true}}";
        var starting = "{addresses: [10.0.0.3], conditions: {ready: false, serving: false, terminating: false}}";

        assertThat(endpoints(slice("a", "IPv4", "{name: http, port: 1}", terminating + ", {addresses: [10.0.0.2]}")))
                .containsExactly("10.0.0.2:1");
        assertThat(endpoints(slice("a", "IPv4", "{name: http, port: 1}", terminating + ", " + starting)))
                .containsExactly("10.0.0.1:1");
        assertThat(endpoints(slice("a", "IPv4", "{name: http, port: 1}", starting)))
                .isEmpty();
    }

    @Test
    void anUpstreamIsThereOnceHoweverManyUseItAndBeItWithoutEndpoints() {
        var compiled =
                Worlds.compile(Worlds.edge(Worlds.ingress("a", "a.org", "/"), Worlds.ingress("b", "b.org", "/")));

        assertThat(Tell.table(compiled).all(Upstream.class))
                .extracting(Upstream::id)
                .containsExactly("shop/web:80");
        assertThat(Tell.table(compiled).all(Endpoints.class)).containsExactly(new Endpoints("shop/web:80", List.of()));
    }

    @Test
    void addressesOfTheDataPlanesOwnMachineAndOfItsCloudAreRefused() {
        var slice = slice(
                "a",
                "IPv4",
                "{name: http, port: 1}",
                "{addresses: [127.0.0.1]}, {addresses: [169.254.169.254]}, {addresses: ['::ffff:127.0.0.1']},"
                        + " {addresses: [web.internal]}, {addresses: [0.0.0.0]}, {addresses: [10.0.0.1]}");
        var world = Worlds.edge(Worlds.ingress("a", "a.org", "/"), slice);
        var compiled = Worlds.compile(world);
        var standalone =
                new Compiler(CompileOptions.standalone("edge-uid", 8000, Set.of(), Worlds.EDGE)).compile(world);

        assertThat(endpoints(slice)).containsExactly("10.0.0.1:1");
        assertThat(Tell.problems(compiled))
                .containsExactly(
                        "EndpointSlice/shop/a endpoints[0].addresses RefusedAddress",
                        "EndpointSlice/shop/a endpoints[1].addresses RefusedAddress",
                        "EndpointSlice/shop/a endpoints[2].addresses RefusedAddress",
                        "EndpointSlice/shop/a endpoints[3].addresses RefusedAddress",
                        "EndpointSlice/shop/a endpoints[4].addresses RefusedAddress");
        assertThat(standalone.problems()).hasSize(3);
    }

    @Test
    void aPortBeyondThePortsIsAProblem() {
        var compiled = Worlds.compile(Worlds.edge(
                Worlds.ingress("a", "a.org", "/"),
                slice("a", "IPv4", "{name: http, port: 70000}", "{addresses: [10.0.0.1]}")));

        assertThat(Tell.problems(compiled)).containsExactly("EndpointSlice/shop/a ports Invalid");
    }

    private static List<String> endpoints(String... yaml) {
        var world = Worlds.with(Worlds.edge(Worlds.ingress("a", "a.org", "/")), yaml);
        return Tell.table(Worlds.compile(world))
                .all(Endpoints.class)
                .flatMap(section -> section.endpoints().stream())
                .map(endpoint -> endpoint.address() + ":" + endpoint.port())
                .toList();
    }

    private static String slice(String name, String family, String ports, String endpoints) {
        return """
               apiVersion: discovery.k8s.io/v1
               kind: EndpointSlice
               metadata: {name: %s, namespace: shop, labels: {kubernetes.io/service-name: web}}
               addressType: %s
               ports: [%s]
               endpoints: [%s]
               """.formatted(name, family, ports, endpoints);
    }
}
