package dev.portico.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.CompileOptions;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.Unreadable;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is remembered must never show: after any history a world compiles to what it compiles to at once. */
final class MemoryTest {
    private static final int HISTORIES = 24;
    private static final int STEPS = 40;
    private static final Keys ONE = Keys.of("EC", "a.org", "*.b.org");
    private static final Keys OTHER = Keys.of("EC", "a.org");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    static Stream<CompileOptions> options() {
        return Stream.of(
                CompileOptions.cluster(Worlds.EDGE),
                CompileOptions.standalone("standalone", 8000, Set.of(), Worlds.EDGE));
    }

    @ParameterizedTest
    @MethodSource("options")
    void afterAnyHistoryAWorldCompilesAsIfItWereTheFirst(CompileOptions options) {
        for (long seed = 0; seed < HISTORIES; seed++) {
            new History(seed, options).play();
        }
    }

    private static final class History {
        private final Random random;
        private final CompileOptions options;
        private final Compiler compiler;
        private final List<String> steps = new ArrayList<>();
        private ClusterState world = Worlds.edge();
        private Compiled remembered;

        History(long seed, CompileOptions options) {
            this.random = new Random(seed);
            this.options = options;
            this.compiler = new Compiler(options);
            this.remembered = compiler.compile(world);
            steps.add("seed " + seed);
        }

        void play() {
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(10) == 0) {
                    world = Worlds.with(world, slice());
                    steps.add("slice");
                    remembered = compiler.endpoints(remembered, world);
                } else {
                    for (int i = random.nextInt(3); i >= 0; i--) {
                        world = change();
                    }
                    remembered = compiler.compile(world);
                }
                compare();
            }
        }

        private void compare() {
            var fresh = new Compiler(options).compile(world);
            var where = String.join(", ", steps);
            assertThat(remembered.problems()).as(where).isEqualTo(fresh.problems());
            assertThat(remembered.gateways()).as(where).isEqualTo(fresh.gateways());
            assertThat(remembered.policies()).as(where).isEqualTo(fresh.policies());
            assertThat(remembered.ingresses()).as(where).isEqualTo(fresh.ingresses());
            assertThat(remembered.tables().keySet())
                    .as(where)
                    .isEqualTo(fresh.tables().keySet());
            fresh.tables().forEach((id, table) -> {
                var ours = remembered.tables().getOrDefault(id, Table.EMPTY);
                assertThat(ours.decoded()).as(where).isEqualTo(table.decoded());
                assertThat(ours.root()).as(where).isEqualTo(table.root());
            });
        }

        private ClusterState change() {
            return switch (random.nextInt(22)) {
                case 0 -> without(ObjectRef.ingress(namespace(), one("x", "y", "z")));
                case 1 -> without(ObjectRef.service(namespace(), "web"));
                case 2 -> with(service());
                case 3 -> without(random.nextBoolean() ? Worlds.EDGE : ObjectRef.gateway("portico", "second"));
                case 4 -> with(Worlds.EDGE_YAML);
                case 5 -> with(second());
                case 6 -> without(ObjectRef.rateLimit(one("shop", "portico"), one("x", "y", "z")));
                case 7, 8 -> with(limit());
                case 9 -> with((random.nextBoolean() ? ONE : OTHER).secret("t").replace("shop", namespace()));
                case 10 -> without(ObjectRef.secret(namespace(), "t"));
                case 11 -> with(Keys.secret("t", "", ""));
                case 12 -> with(ingressClass());
                case 13 ->
                    with("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: " + one("a", "b")
                            + "}}\n");
                case 14 -> {
                    steps.add("time");
                    yield world.at(world.now().plus(Duration.ofDays(random.nextInt(3) * 400L - 300)));
                }
                case 15 -> unreadable(one(limit(), second(), ingress(), Keys.secret("t", "", "")));
                case 16 -> with(backend());
                case 17 -> without(new ObjectRef(ObjectRef.PORTICO, "BackendPolicy", "shop", one("x", "y")));
                case 18 -> with(BackendPolicyTest.authorities((random.nextBoolean() ? ONE : OTHER).pem()));
                case 19 -> without(ObjectRef.configMap("shop", "ca"));
                default -> with(ingress());
            };
        }

        private ClusterState with(String yaml) {
            steps.add(yaml);
            return Worlds.with(world, yaml);
        }

        private ClusterState without(ObjectRef ref) {
            steps.add("without " + ref);
            return world.without(ref);
        }

        private ClusterState unreadable(String yaml) {
            steps.add("unreadable " + yaml);
            var raw = YAML.unmarshal(yaml, GenericKubernetesResource.class);
            return world.with(new Unreadable(raw, List.of(new Problem(ObjectRef.of(raw), "", "Invalid", "unread"))));
        }

        private String one(String... choices) {
            return choices[random.nextInt(choices.length)];
        }

        private String namespace() {
            return one("shop", "shop", "other");
        }

        private String backend() {
            var target = "{group: '', kind: Service, name: web" + one("", ", sectionName: http") + "}";
            var spec = one(
                    "  protocol: HTTP2\n",
                    "  tls: {verification: InsecureNone}\n",
                    BackendPolicyTest.strict(one("", "    clientCertificateRef: {name: t}\n")));
            return BackendPolicyTest.policy(one("x", "y"), target, spec)
                    .replace("2026-02-01", "2026-02-0" + (1 + random.nextInt(5)));
        }

        private String service() {
            return """
                   apiVersion: v1
                   kind: Service
                   metadata: {name: web, namespace: %s}
                   spec: {type: %s, ports: [{name: %s, port: %s, targetPort: 8080}]}
                   """.formatted(
                    namespace(), one("ClusterIP", "ClusterIP", "ExternalName"), one("http", "web"), one("80", "81"));
        }

        private String ingress() {
            var ingress = Worlds.ingress(
                            one("x", "y", "z"),
                            "2026-02-0" + (1 + random.nextInt(5)) + "T00:00:00Z",
                            one("a.org", "c.b.org", "'*.b.org'", "'*.c.b.org'", "''"),
                            one("Prefix", "Exact"),
                            one("/", "/p", "/p/"),
                            one("{name: web, port: {number: 80}}", "{name: web, port: {name: http}}"))
                    + one(
                            "",
                            "  tls: [{secretName: t}]\n",
                            "  tls: [{secretName: t, hosts: ['*.b.org', a.org]}]\n",
                            "  tls: [{hosts: [c.b.org]}]\n")
                    + one("", "  defaultBackend: {service: {name: web, port: {number: 80}}}\n");
            return ingress.replace("namespace: shop", "namespace: " + namespace())
                    .replace("  ingressClassName: portico\n", one("", one("  ingressClassName: portico\n")));
        }

        private String ingressClass() {
            return """
                   apiVersion: networking.k8s.io/v1
                   kind: IngressClass
                   metadata: {name: portico, annotations: {ingressclass.kubernetes.io/is-default-class: '%s'}}
                   spec: {controller: %s%s}
                   """.formatted(
                            random.nextBoolean(),
                            one("portico.dev/ingress-controller", "x/y"),
                            one(
                                    "",
                                    ", parameters: {apiGroup: x, kind: Y, name: z}",
                                    ", parameters: {apiGroup: portico.dev, kind: Gateway, scope: Namespace,"
                                            + " namespace: portico, name: second}"));
        }

        private String second() {
            var listeners = """
                   - {name: web, port: %s, protocol: HTTP, hostname: "%s", allowedRoutes: {namespaces: %s}}
                   - {name: rest, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}%s}
                   - {name: own, port: %s, protocol: HTTPS, hostname: "%s", allowedRoutes: {namespaces: {from: All}}, tls: {certificateRefs: [{name: t}]}}
                   - {name: tls, port: 443, protocol: HTTPS, allowedRoutes: {namespaces: {from: All}}, tls: {}}
                   """.formatted(
                            one("80", "8080", "443"),
                            one("*.b.org", "c.b.org", "a.org"),
                            one("{from: All}", "{from: Same}", "{from: Selector, selector: {matchLabels: {team: a}}}"),
                            one("", ", httpsRedirect: {statusCode: 301}"),
                            one("443", "8443", "80"),
                            one("*.b.org", "a.org", "*.org"));
            return """
                   apiVersion: portico.dev/v1alpha1
                   kind: Gateway
                   metadata: {name: %s, namespace: portico, uid: second-uid-%s, generation: 1, creationTimestamp: "%s"}
                   spec:
                     listeners:
                   %s
                     routes:
                     - {name: r, hostnames: [a.org, "*.b.org"], %s filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}
                     - {name: s, matches: [{path: {value: /p}}, {path: {value: /}}], backendRefs: [{name: web, port: 80}]}
                   """.formatted(
                            one("second", "edge"),
                            one("1", "2"),
                            one("2025-01-01T00:00:00Z", "2026-06-01T00:00:00Z"),
                            listeners.indent(2).stripTrailing(),
                            one("", "listeners: [web],", "listeners: [own, rest],"));
        }

        private String limit() {
            var ofGateway = random.nextBoolean();
            var target = ofGateway
                    ? "portico.dev, kind: Gateway, name: " + one("edge", "second")
                            + one(
                                    "",
                                    ", sectionName: web",
                                    ", sectionName: r",
                                    ", sectionName: https",
                                    ", sectionName: no")
                    : "networking.k8s.io, kind: Ingress, name: " + one("x", "y")
                            + one("", ", sectionName: a.org", ", sectionName: '*.b.org'");
            return """
                   apiVersion: portico.dev/v1alpha1
                   kind: RateLimit
                   metadata: {name: %s, namespace: %s, creationTimestamp: "2026-0%d-01T00:00:00Z"}
                   spec:
                     mergeStrategy: %s
                     targetRefs: [{group: %s}]
                     limits: [{name: %s, matches: [{path: {type: RegularExpression, value: "%s"}}], requests: {count: %d, per: 1s}, scope: Replica}]
                   """.formatted(
                            one("x", "y", "z"),
                            ofGateway ? "portico" : "shop",
                            1 + random.nextInt(5),
                            one("Overrides", "Defaults"),
                            target,
                            one("l", "m"),
                            one("/a", "/a", "("),
                            1 + random.nextInt(2));
        }

        private String slice() {
            return """
                   apiVersion: discovery.k8s.io/v1
                   kind: EndpointSlice
                   metadata: {name: s%d, namespace: shop, labels: {kubernetes.io/service-name: %s}}
                   addressType: IPv4
                   ports: [{name: %s, port: 80}]
                   endpoints: [{addresses: [10.0.0.%d]}, {addresses: [127.0.0.1]}]
                   """.formatted(random.nextInt(3), one("web", "web", "api"), one("http", "web"), random.nextInt(9));
        }
    }
}
