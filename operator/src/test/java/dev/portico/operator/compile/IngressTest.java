package dev.portico.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.model.CompileOptions;
import dev.portico.operator.model.ObjectRef;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IngressTest {
    private static final String WEB = "{name: web, port: {number: 80}}";

    @Test
    void anIngressServesItsHostOnAllListenersOfItsClassesGateway() {
        var compiled = Worlds.compile(Worlds.edge(Worlds.ingress("web", "shop.example.org", "/cart/")));

        assertThat(Tell.messages(compiled)).isEmpty();
        assertThat(Tell.hosts(compiled))
                .containsExactly("shop.example.org@http-80+https-443: PREFIX /cart -> shop/web:80");
        assertThat(compiled.ingresses()).hasSize(1);
        assertThat(Tell.encoded(compiled).origins("host/http-80+https-443/shop.example.org"))
                .hasToString("[Origin[object=Ingress/shop/web, generation=1]]");
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

    @Test
    void equallyOldOnesAreTakenByName() {
        var compiled =
                Worlds.compile(Worlds.edge(Worlds.ingress("b", "h.org", "/"), Worlds.ingress("a", "h.org", "/")));

        assertThat(Tell.problems(compiled)).containsExactly("Ingress/shop/b spec.rules[0].http.paths[0] Conflicted");
    }

    @Test
    void pathsOfOneHostComeTogetherFromAllIngresses() {
        var compiled = Worlds.compile(Worlds.edge(
                Worlds.ingress("a", "2026-02-01T00:00:00Z", "'*.h.org'", "Exact", "/x/", WEB),
                Worlds.ingress("b", "2026-02-02T00:00:00Z", "'*.h.org'", "ImplementationSpecific", "/y/", WEB)));

        assertThat(Tell.hosts(compiled))
                .containsExactly("*.h.org@http-80+https-443: EXACT /x/ -> shop/web:80, PREFIX /y -> shop/web:80");
    }

    @Test
    void aDefaultBackendServesWhatNoPathOfItsHostsMatchesAndAllHostsThatNobodyNames() {
        var compiled = Worlds.compile(Worlds.edge("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: d, namespace: shop}
                spec:
                  ingressClassName: portico
                  defaultBackend: {service: {name: web, port: {number: 80}}}
                  rules:
                  - host: h.org
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}
                  - host: only.org
                """));

        assertThat(Tell.messages(compiled)).isEmpty();
        assertThat(Tell.hosts(compiled))
                .containsExactly(
                        "*@http-80+https-443: PREFIX / -> shop/web:80",
                        "h.org@http-80+https-443: PREFIX / -> shop/web:80",
                        "only.org@http-80+https-443: PREFIX / -> shop/web:80");
    }

    @Test
    void whatCannotBeReadCostsItsPathAndNamesItsField() {
        var compiled = Worlds.compile(Worlds.edge("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: bad, namespace: shop}
                spec:
                  ingressClassName: portico
                  rules:
                  - host: "no host"
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
                  - host: h.org
                    http:
                      paths:
                      - {path: /a/../b, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
                      - {path: /c, pathType: Regex, backend: {service: {name: web, port: {number: 80}}}}
                      - {path: /d, pathType: Exact, backend: {resource: {kind: Bucket, name: b}}}
                      - {path: /e, pathType: Exact, backend: {service: {name: web, port: {number: 81}}}}
                      - {path: /f, pathType: Exact, backend: {service: {name: web, port: {name: http}}}}
                """));

        assertThat(Tell.problems(compiled))
                .containsExactly(
                        "Ingress/shop/bad spec.rules[0].host Invalid",
                        "Ingress/shop/bad spec.rules[1].http.paths[0].path Invalid",
                        "Ingress/shop/bad spec.rules[1].http.paths[1].pathType Invalid",
                        "Ingress/shop/bad spec.rules[1].http.paths[2].backend.resource InvalidKind",
                        "Ingress/shop/bad spec.rules[1].http.paths[3].backend.service.port BackendNotFound");
        assertThat(Tell.messages(compiled)).contains("has no port 81, expected one of: 80 (http)");
        assertThat(Tell.hosts(compiled))
                .containsExactly("h.org@http-80+https-443: EXACT /d -> 503, EXACT /e -> 503, EXACT /f -> shop/web:80");
    }

    @ParameterizedTest
    @CsvSource({"/a b, /a%20b", "/ü, /%C3%BC", "/%c3%bc, /%C3%BC", "/%61%2Bb, /a%2Bb", "/~a:@!, /~a:@!"})
    void aPathIsComparedInTheFormThatRequestsHave(String written, String compared) {
        var compiled = Worlds.compile(Worlds.edge(Worlds.ingress("web", "h.org", "'" + written + "'")));

        assertThat(Tell.messages(compiled)).isEmpty();
        assertThat(Tell.hosts(compiled).getFirst()).contains("PREFIX " + compared + " ->");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/%4", "/%", "/a\\b", "/%00", "/%2e%2E/x", "/a/..;/x", "/%5c", "no-slash", "/a?b"})
    void aPathThatNoRequestHasIsAProblem(String path) {
        var compiled = Worlds.compile(Worlds.edge(Worlds.ingress("web", "h.org", "'" + path + "'")));

        assertThat(Tell.problems(compiled))
                .containsExactly("Ingress/shop/web spec.rules[0].http.paths[0].path Invalid");
        assertThat(Tell.hosts(compiled)).isEmpty();
    }

    @Test
    void withoutAClassOnlyADefaultClassServes() {
        var unclassed = Worlds.ingress("web", "h.org", "/").replace("  ingressClassName: portico\n", "");
        var world = Worlds.edge(unclassed);
        var byDefault = Worlds.with(world, """
                apiVersion: networking.k8s.io/v1
                kind: IngressClass
                metadata: {name: any, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}
                spec: {controller: portico.dev/ingress-controller}
                """);

        assertThat(Tell.hosts(Worlds.compile(world))).isEmpty();
        assertThat(Worlds.compile(world).problems()).isEmpty();
        assertThat(Tell.hosts(Worlds.compile(byDefault))).hasSize(1);
    }

    @Test
    void theOldAnnotationNamesAClassToo() {
        var annotated = Worlds.ingress("web", "h.org", "/")
                .replace("  ingressClassName: portico\n", "")
                .replace("namespace: shop,", "namespace: shop, annotations: {kubernetes.io/ingress.class: portico},");

        assertThat(Tell.hosts(Worlds.compile(Worlds.edge(annotated)))).hasSize(1);
    }

    @Test
    void classesOfOtherControllersAreNotOurs() {
        var other = """
                apiVersion: networking.k8s.io/v1
                kind: IngressClass
                metadata: {name: portico}
                spec: {controller: k8s.io/ingress-nginx}
                """;
        var world = Worlds.edge(Worlds.ingress("web", "h.org", "/"), other);

        assertThat(Tell.hosts(Worlds.compile(world))).isEmpty();
        assertThat(Worlds.compile(world).problems()).isEmpty();
    }

    @Test
    void aClassWithoutObjectWorksWhereTheOptionSaysSo() {
        var world = Worlds.edge(Worlds.ingress("web", "h.org", "/")).without(ObjectRef.ingressClass("portico"));
        var standalone = CompileOptions.standalone("edge-uid", 8000, Set.of(), Worlds.EDGE);

        assertThat(Tell.hosts(Worlds.compile(world))).isEmpty();
        assertThat(Tell.hosts(new Compiler(standalone).compile(world))).hasSize(1);
    }

    @Test
    void aClassThatNamesNoGatewayThereIsIsAProblemOfTheClass() {
        var compiled =
                Worlds.compile(Worlds.edge(Worlds.ingress("web", "h.org", "/")).without(Worlds.EDGE));

        assertThat(Tell.problems(compiled))
                .containsExactly(
                        "IngressClass/portico spec.parameters RefNotFound",
                        "Ingress/shop/web spec.ingressClassName GatewayNotFound");
        assertThat(compiled.ingresses()).isEmpty();
    }

    @Test
    void listenersAdmitNamespacesByNameOrLabel() {
        var selected = Worlds.EDGE_YAML
                .replaceFirst("from: All", "from: Selector, selector: {matchLabels: {team: shop}}")
                .replaceFirst("allowedRoutes: \\{namespaces: \\{from: All}}, tls", "tls");
        var world = Worlds.of(selected, Worlds.ingress("web", "h.org", "/"));
        var labelled = Worlds.with(world, """
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop, labels: {team: shop}}
                """);

        assertThat(Tell.problems(Worlds.compile(world)))
                .containsExactly("Ingress/shop/web metadata.namespace NotAllowedByListeners");
        assertThat(Tell.hosts(Worlds.compile(labelled))).containsExactly("h.org@http-80: PREFIX / -> shop/web:80");
    }

    @Test
    void anExternalNameIsRefused() {
        var compiled = Worlds.compile(Worlds.edge(Worlds.ingress("web", "h.org", "/"), """
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop}
                spec: {type: ExternalName, externalName: metadata.internal, ports: [{port: 80}]}
                """));

        assertThat(Tell.messages(compiled)).contains("of type ExternalName");
        assertThat(Tell.hosts(compiled)).containsExactly("h.org@http-80+https-443: PREFIX / -> 503");
    }
}
