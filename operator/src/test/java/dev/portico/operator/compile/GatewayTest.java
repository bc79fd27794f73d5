package dev.portico.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.CompileOptions;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.GatewayReport;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.Unreadable;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.Redirect;
import dev.portico.routetable.VirtualHost;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GatewayTest {
    private static final String WEB = """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: portico}
            spec: {ports: [{port: 80}]}
            """;

    @Test
    void pathsOfRoutesAreComparedInTheFormThatRequestsHave() {
        var compiled = Worlds.compile(gateway("""
                - {name: a, port: 80, protocol: HTTP}
                """, """
                - {name: a, matches: [{path: {value: "/ü b"}}], backendRefs: [{name: web, port: 80}]}
                - {name: b, matches: [{path: {type: Exact, value: "/%zz"}}], backendRefs: [{name: web, port: 80}]}
                """));

        assertThat(Tell.problems(compiled))
                .containsExactly("Gateway/portico/edge spec.routes[1].matches[0].path.value UnsupportedValue");
        assertThat(Tell.hosts(compiled).toString())
                .contains("PREFIX /%C3%BC%20b ")
                .doesNotContain("zz");
    }

    @Test
    void aHeaderThatNoDataPlaneChangesIsAProblem() {
        var compiled = Worlds.compile(gateway("""
                - {name: a, port: 80, protocol: HTTP}
                """, """
                - name: a
                  filters:
                  - type: RequestHeaderModifier
                    requestHeaderModifier: {set: [{name: X-A, value: b}, {name: Host, value: b}], remove: [TE]}
                  backendRefs: [{name: web, port: 80}]
                """));

        assertThat(Tell.problems(compiled))
                .containsExactly(
                        "Gateway/portico/edge spec.routes[0].filters[0].requestHeaderModifier.remove[0] UnsupportedValue",
                        "Gateway/portico/edge spec.routes[0].filters[0].requestHeaderModifier.set[1] UnsupportedValue");
        assertThat(Tell.hosts(compiled)).isEmpty();
    }

    @Test
    void routesAreNarrowedToTheHostnamesOfTheirListeners() {
        var compiled = Worlds.compile(gateway("""
                - {name: a, port: 80, protocol: HTTP, hostname: "*.a.org"}
                - {name: x, port: 81, protocol: HTTP, hostname: x.a.org}
                """, """
                - {name: r, hostnames: ["*.a.org"], backendRefs: [{name: web, port: 80}]}
                - {name: all, matches: [{path: {value: /all}}], backendRefs: [{name: web, port: 80}]}
                - {name: off, hostnames: [b.org], backendRefs: [{name: web, port: 80}]}
                """));

        assertThat(Tell.hosts(compiled))
                .containsExactly(
                        "**.a.org@http-80: PREFIX / -> portico/web:80, PREFIX /all -> portico/web:80",
                        "x.a.org@http-81: PREFIX / -> portico/web:80, PREFIX /all -> portico/web:80");
        assertThat(Tell.problems(compiled))
                .containsExactly("Gateway/portico/edge spec.routes[2].hostnames NoMatchingListenerHostname");
        assertThat(route(compiled, "off"))
                .containsExactly("Accepted=NoMatchingListenerHostname", "ResolvedRefs=ResolvedRefs");
        assertThat(route(compiled, "r")).containsExactly("Accepted=Accepted", "ResolvedRefs=ResolvedRefs");
    }

    @Test
    void aNarrowerListenerOfThePortTakesItsHostsEvenWithoutRoutes() {
        var compiled = Worlds.compile(gateway("""
                - {name: wide, port: 80, protocol: HTTP}
                - {name: narrow, port: 80, protocol: HTTP, hostname: "*.a.org"}
                """, """
                - {name: r, listeners: [wide], hostnames: [x.a.org, b.org], backendRefs: [{name: web, port: 80}]}
                """));

        assertThat(Tell.hosts(compiled))
                .containsExactly("**.a.org@http-80: ", "b.org@http-80: PREFIX / -> portico/web:80");
        assertThat(Tell.table(compiled).all(HttpListener.class)).hasSize(1);
    }

    @Test
    void sharesOfABackendThatIsNotThereHaveNoUpstream() {
        var compiled = Worlds.compile(gateway("- {name: http, port: 80, protocol: HTTP}\n", """
                - name: r
                  backendRefs: [{name: web, port: 80, weight: 90}, {name: gone, port: 80, weight: 10}]
                - {name: none, matches: [{path: {value: /none}}]}
                """));

        assertThat(Tell.hosts(compiled))
                .containsExactly("*@http-80: PREFIX / -> portico/web:80*90|null*10, PREFIX /none -> 500");
        assertThat(route(compiled, "r")).containsExactly("Accepted=Accepted", "ResolvedRefs=BackendNotFound");
        assertThat(Tell.problems(compiled))
                .containsExactly("Gateway/portico/edge spec.routes[0].backendRefs[1].name BackendNotFound");
        assertThat(report(compiled).conditions())
                .extracting(Condition::reason)
                .containsExactly("Accepted", "BackendNotFound");
        assertThat(report(compiled).listeners().getFirst().attachedRoutes()).isEqualTo(2);
    }

    @Test
    void aBadExpressionCostsItsRoute() {
        var compiled = Worlds.compile(gateway("- {name: http, port: 80, protocol: HTTP}\n", """
                - name: bad
                  matches: [{path: {type: RegularExpression, value: "/(?=x)"}}]
                  backendRefs: [{name: web, port: 80}]
                - {name: good, backendRefs: [{name: web, port: 80}]}
                """));

        assertThat(Tell.hosts(compiled)).containsExactly("*@http-80: PREFIX / -> portico/web:80");
        assertThat(route(compiled, "bad")).containsExactly("Accepted=UnsupportedValue");
        assertThat(Tell.problems(compiled))
                .containsExactly("Gateway/portico/edge spec.routes[0].matches[0].path.value UnsupportedValue");
    }

    @Test
    void aRouteWhoseMatchesAnEarlierOneHasIsShadowed() {
        var compiled = Worlds.compile(gateway("- {name: http, port: 80, protocol: HTTP}\n", """
                - {name: one, backendRefs: [{name: web, port: 80}]}
                - {name: two, backendRefs: [{name: web, port: 80}]}
                """));

        assertThat(route(compiled, "one")).hasSize(2);
        assertThat(route(compiled, "two")).contains("Shadowed=Shadowed");
    }

    @Test
    void listenersThatContradictEachOtherAreRefusedTheLaterOnes() {
        var compiled = Worlds.compile(gateway("""
                - {name: a, port: 80, protocol: HTTP}
                - {name: tls, port: 80, protocol: HTTPS, hostname: a.org, tls: {}}
                - {name: again, port: 80, protocol: HTTP}
                - {name: h2, port: 80, protocol: HTTP, hostname: b.org, httpVersions: [HTTP2]}
                - {name: admin, port: 9080, protocol: HTTP}
                """, "- {name: r, backendRefs: [{name: web, port: 80}]}\n"));

        assertThat(report(compiled).listeners())
                .extracting(listener ->
                        listener.name() + "=" + listener.conditions().getFirst().reason())
                .containsExactly(
                        "a=Accepted",
                        "tls=ProtocolConflict",
                        "again=HostnameConflict",
                        "h2=ProtocolConflict",
                        "admin=PortUnavailable");
        assertThat(report(compiled).conditions().getFirst().reason()).isEqualTo("ListenersNotValid");
        assertThat(Tell.hosts(compiled)).containsExactly("*@http-80: PREFIX / -> portico/web:80");
    }

    @Test
    void ofTwoGatewaysOfOneDataPlaneOnOnePortTheYoungerLosesIt() {
        var younger = gatewayYaml("- {name: http, port: 80, protocol: HTTP}\n", "")
                .replace("name: edge,", "name: other,")
                .replace("edge-uid", "other-uid")
                .replace("2026-01-01", "2026-01-02");
        var world = Worlds.with(gateway("- {name: http, port: 80, protocol: HTTP}\n", ""), younger);
        var compiled =
                new Compiler(CompileOptions.standalone("standalone", 8000, Set.of(), Worlds.EDGE)).compile(world);

        assertThat(Tell.problems(compiled))
                .containsExactly("Gateway/portico/other spec.listeners[0].port PortUnavailable");
        assertThat(Tell.messages(compiled)).contains("Gateway/portico/edge").contains("Gateway/portico/other");
        assertThat(Worlds.compile(world).problems()).isEmpty();
    }

    @Test
    void shiftedPortsAreCarriedByRedirectsAndCollideByName() {
        var world = gateway("""
                - {name: http, port: 80, protocol: HTTP, httpsRedirect: {}}
                - {name: https, port: 443, protocol: HTTPS, tls: {}}
                - {name: high, port: 8080, protocol: HTTP}
                """, """
                - name: r
                  filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]
                """);
        var compiled = new Compiler(CompileOptions.standalone("edge-uid", 8000, Set.of(), Worlds.EDGE)).compile(world);

        assertThat(Tell.messages(compiled))
                .contains("--port-offset")
                .contains("listener high")
                .contains("listener http");
        assertThat(Tell.hosts(compiled)).containsExactly("*@http-80>8443+https-443: PREFIX / -> 301 https 8443");
        assertThat(Tell.hosts(Worlds.compile(world)))
                .containsExactly("*@http-80>443+http-8080+https-443: PREFIX / -> 301 https null");
        assertThat(Tell.table(compiled).all(HttpListener.class).map(HttpListener::port))
                .containsExactly(8080, 8443);
    }

    @Test
    void filtersAndTimeoutsBecomeWords() {
        var compiled = Worlds.compile(gateway("- {name: http, port: 80, protocol: HTTP}\n", """
                - name: r
                  matches: [{path: {value: /v1}, method: GET, headers: [{name: X-A, value: b}], cookies: [{name: c, value: d}]}]
                  filters:
                  - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-G, value: e}], remove: [X-D]}}
                  - {type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /v2}}}
                  timeouts: {request: 1m30s, backendRequest: 0s}
                  backendRefs: [{name: web, port: 80}]
                """));
        var route = Tell.table(compiled)
                .all(VirtualHost.class)
                .findFirst()
                .orElseThrow()
                .routes()
                .getFirst();

        assertThat(route.id()).isEqualTo("Gateway/portico/edge/r");
        assertThat(route.filters()).hasSize(2);
        assertThat(route.timeouts()).hasToString("Timeouts[request=PT1M30S, backendRequest=PT0S]");
        assertThat(route.match().method()).isEqualTo("GET");
        assertThat(route.match().cookies()).hasSize(1);
        assertThat(route.action()).isNotInstanceOf(Redirect.class);
    }

    @Test
    void aGatewayThatCanNoLongerBeDecodedGoesOnAsItWasAndAnotherOfItsNameDoesNot() {
        var before = Worlds.edge(Worlds.ingress("a", "a.org", "/"));
        var compiled = Worlds.compile(
                Worlds.with(before.with(undecodable("edge-uid")), Worlds.ingress("b", "b.org", "/"), """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
                addressType: IPv4
                ports: [{name: http, port: 8080}]
                endpoints: [{addresses: [10.0.0.1]}]
                """));

        assertThat(Tell.problems(compiled)).containsExactly("Gateway/portico/edge spec Invalid");
        assertThat(Tell.hosts(compiled)).hasSize(2);
        assertThat(Tell.table(compiled).all(Endpoints.class))
                .containsExactly(new Endpoints("shop/web:80", List.of(new Endpoints.Endpoint("10.0.0.1", 8080))));
        assertThat(compiled.ingresses())
                .containsOnlyKeys(ObjectRef.ingress("shop", "a"), ObjectRef.ingress("shop", "b"));

        assertThat(Worlds.compile(before.with(undecodable("another"))).tables()).isEmpty();
    }

    private static Unreadable undecodable(String uid) {
        var raw = new GenericKubernetesResource();
        raw.setApiVersion("portico.dev/v1alpha1");
        raw.setKind("Gateway");
        raw.setMetadata(new ObjectMetaBuilder()
                .withNamespace(Worlds.EDGE.namespace())
                .withName(Worlds.EDGE.name())
                .withUid(uid)
                .build());
        return new Unreadable(raw, List.of(new Problem(Worlds.EDGE, "spec", "Invalid", "unread")));
    }

    @Test
    void aGatewayWithoutListenersIsATemplate() {
        var compiled = Worlds.compile(gateway("", ""));

        assertThat(report(compiled).conditions().getFirst().reason()).isEqualTo("Template");
        assertThat(compiled.tables()).containsOnlyKeys("edge-uid");
    }

    @Test
    void anIngressGivesWayToARouteOfTheGatewayItself() {
        var gateway = gatewayYaml(
                "- {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}\n",
                "- {name: r, hostnames: [h.org], backendRefs: [{name: web, port: 80}]}\n");
        var compiled = Worlds.compile(Worlds.edge(WEB, gateway, Worlds.ingress("web", "h.org", "/")));

        assertThat(Tell.hosts(compiled)).containsExactly("h.org@http-80: PREFIX / -> portico/web:80");
        assertThat(Tell.problems(compiled)).containsExactly("Ingress/shop/web spec.rules[0].http.paths[0] Conflicted");
    }

    private static ClusterState gateway(String listeners, String routes) {
        return Worlds.of(WEB, gatewayYaml(listeners, routes));
    }

    private static String gatewayYaml(String listeners, String routes) {
        return """
               apiVersion: portico.dev/v1alpha1
               kind: Gateway
               metadata: {name: edge, namespace: portico, uid: edge-uid, generation: 3, creationTimestamp: "2026-01-01T00:00:00Z"}
               spec:
                 listeners:
               %s
                 routes:
               %s
               """.formatted(
                        listeners.indent(2).stripTrailing(), routes.indent(2).stripTrailing());
    }

    private static GatewayReport report(Compiled compiled) {
        return Objects.requireNonNull(compiled.gateways().get(Worlds.EDGE));
    }

    private static List<String> route(Compiled compiled, String name) {
        return report(compiled).routes().stream()
                .filter(route -> route.name().equals(name))
                .flatMap(route -> route.conditions().stream())
                .map(condition -> condition.type() + "=" + condition.reason())
                .toList();
    }
}
