package dev.portico.operator;

import static dev.portico.operator.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.crds.Condition;
import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.gateway.GatewayStatus;
import dev.portico.operator.compile.Keys;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import dev.portico.operator.term.Timing;
import dev.portico.operator.watch.Watches;
import dev.portico.wire.Answer;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
final class OperatorTest {
    private static final Timing QUICK =
            new Timing(Duration.ofSeconds(6), Duration.ofSeconds(4), Duration.ofMillis(100));

    private static final Condition NONE = new Condition("None", Condition.Status.UNKNOWN, "None", "", 0, "");

    private static final String SHOP = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop, uid: web-uid}
            spec: {ports: [{port: 80, targetPort: 8080}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            ports: [{port: 8080, protocol: TCP}]
            endpoints: [{addresses: [10.0.0.1], conditions: {ready: true}}]
            """;

    @SuppressWarnings("NullAway.Init") // set by the extension
    private KubernetesClient client;

    @SuppressWarnings("NullAway.Init") // set by the extension
    private KubernetesMockServer server;

    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init")
    private Operator operator;

    private final AtomicInteger mistakes = new AtomicInteger();
    private volatile Set<Problem> problems = Set.of();

    @BeforeEach
    void start() throws IOException {
        cluster = new Cluster(client, "portico-system");
        cluster.apply(SHOP);
        var config = OperatorConfig.parse(List.of(
                "--single-data-plane=" + Cluster.DATA_PLANE,
                "--ingress-class-without-object=portico",
                "--default-gateway=shop/edge",
                "--publish-address=127.0.0.1"));
        operator = Operator.start(config, client, QUICK, all -> {
            if (mistakes.getAndDecrement() > 0) {
                throw new IllegalStateException("a mistake of ours");
            }
            problems = all;
        });
    }

    @AfterEach
    void close() {
        operator.close();
        cluster.close();
    }

    @Test
    void aGatewayIsPushedAndProgrammedOnceItsPodHasIt() {
        var pod = cluster.pod("proxy-1");
        cluster.apply(gateway("a.example.org"));
        var gateway = cluster.gateway("shop", "edge", OperatorTest::programmed);

        assertThat(pod.table()).containsKeys("listener/http-80");
        assertThat(gateway.getStatus().addresses())
                .singleElement()
                .satisfies(address -> assertThat(address.value()).isEqualTo("127.0.0.1"));
        assertThat(condition(gateway, "Accepted").status()).isEqualTo(Condition.Status.TRUE);
        assertThat(gateway.getStatus().listeners())
                .allSatisfy(listener -> assertThat(listener.conditions())
                        .anyMatch(condition ->
                                condition.type().equals("Programmed") && condition.status() == Condition.Status.TRUE));
    }

    @Test
    void aStatusIsWrittenOnceForAChangeThatServesAtOnce() throws InterruptedException {
        cluster.pod("proxy-1");
        cluster.apply(gateway("a.example.org"));
        cluster.gateway("shop", "edge", OperatorTest::programmed);
        var version = cluster.gateway("shop", "edge").getMetadata().getResourceVersion();
        await().during(Duration.ofSeconds(2))
                .until(() -> cluster.gateway("shop", "edge")
                        .getMetadata()
                        .getResourceVersion()
                        .equals(version));
        assertThat(puts("/apis/portico.dev/v1alpha1/namespaces/shop/gateways/edge/status"))
                .isEqualTo(1);
    }

    @Test
    void withoutAPodAGatewayIsPendingAndSaysHowMany() {
        cluster.apply(gateway("a.example.org"));
        var gateway = cluster.gateway(
                "shop",
                "edge",
                found -> found.getStatus() != null
                        && !condition(found, "Programmed").equals(NONE));
        assertThat(condition(gateway, "Programmed").status()).isEqualTo(Condition.Status.FALSE);
        assertThat(condition(gateway, "Programmed").message()).isEqualTo("0 of 0 replicas");
    }

    @Test
    void aStuckPodLeavesAGatewayPendingAndARefusalIsNamed() {
        cluster.pod("proxy-1");
        var refusing = cluster.pod("proxy-2");
        refusing.refuse(push -> Answer.Reason.UNKNOWN_WORD);
        cluster.apply(gateway("a.example.org"));
        var gateway = cluster.gateway(
                "shop",
                "edge",
                found -> found.getStatus() != null
                        && condition(found, "Programmed").message().contains("UNKNOWN_WORD"));
        assertThat(condition(gateway, "Programmed").message()).startsWith("1 of 2 replicas; proxy-2: UNKNOWN_WORD");

        refusing.refuse(push -> null);
        cluster.apply(gateway("b.example.org"));
        cluster.gateway("shop", "edge", OperatorTest::programmed);
    }

    @Test
    void aPortThatIsTakenIsSaidOfItsListenerOnly() {
        var pod = cluster.pod("proxy-1");
        pod.outcomes(new Answer.Outcome("http-80", "address in use"));
        cluster.apply(gateway("a.example.org"));
        var gateway = cluster.gateway(
                "shop",
                "edge",
                found -> found.getStatus() != null
                        && found.getStatus().listeners().stream()
                                .flatMap(listener -> listener.conditions().stream())
                                .anyMatch(condition -> condition.reason().equals("PortUnavailable")));
        assertThat(condition(gateway, "Accepted").reason()).isEqualTo("ListenersNotValid");
        assertThat(condition(gateway, "Accepted").status()).isEqualTo(Condition.Status.FALSE);
        assertThat(condition(gateway, "Programmed").status()).isEqualTo(Condition.Status.FALSE);
    }

    @Test
    void aCertificateThatAPodCannotServeIsSaidOfItsListenerAndOfWhoWantsIt() {
        var pod = cluster.pod("proxy-1");
        pod.certificates(new Answer.Outcome("shop/t@https-443", "no such key"));
        cluster.apply(Keys.of("EC", "a.example.org").secret("t"));
        cluster.apply("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: edge, namespace: shop}
                spec:
                  listeners:
                  - {name: http, port: 80, protocol: HTTP}
                  - {name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: t}]}}
                """);
        cluster.apply("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web, namespace: shop}
                spec:
                  ingressClassName: portico
                  tls: [{hosts: [b.example.org], secretName: t}]
                  rules:
                  - host: b.example.org
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
                """);
        var gateway = cluster.gateway(
                "shop",
                "edge",
                found -> found.getStatus() != null
                        && condition(found, "ResolvedRefs").reason().equals("InvalidCertificateRef"));
        assertThat(gateway.getStatus().listeners())
                .filteredOn(listener -> listener.conditions().stream()
                        .anyMatch(condition -> condition.reason().equals("InvalidCertificateRef")
                                && condition.message().contains("proxy-1: no such key")))
                .extracting(GatewayStatus.ListenerStatus::name)
                .containsExactly("https");
        await().until(() -> client.v1().events().inNamespace("shop").list().getItems().stream()
                .anyMatch(event -> event.getInvolvedObject().getName().equals("web")
                        && event.getMessage().contains("certificate shop/t@https-443 is not served")));
    }

    @Test
    void aSecretOfAnotherTypeIsReadWhereItIsNamed() {
        var pod = cluster.pod("proxy-1");
        cluster.apply(Keys.of("EC", "a.example.org").secret("t").replace("kubernetes.io/tls", "Opaque"));
        cluster.apply("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: edge, namespace: shop}
                spec:
                  listeners:
                  - {name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: t}]}}
                """);
        var gateway = cluster.gateway("shop", "edge", OperatorTest::programmed);
        assertThat(condition(gateway, "ResolvedRefs").status()).isEqualTo(Condition.Status.TRUE);
        assertThat(pod.table().keySet()).anyMatch(key -> key.startsWith("certificate/"));
    }

    @Test
    void probesAndScrapersAreAnswered() throws IOException, InterruptedException {
        var port = operator.openAdmin("127.0.0.1", 0);
        await().until(() -> get(port, "/readyz").statusCode() == 200);
        assertThat(get(port, "/livez").statusCode()).isEqualTo(200);
        cluster.pod("proxy-1");
        cluster.apply(gateway("a.example.org"));
        await().until(() -> get(port, "/metrics").body().contains("portico_operator_replicas{state=\"serving\"} 1.0"));
        assertThat(get(port, "/metrics").body())
                .contains("portico_operator_term 1.0", "portico_operator_problems 0.0")
                .contains("portico_operator_compile_seconds_count")
                .contains("portico_operator_watch_silence_seconds{kind=\"Secret\"}");
        assertThat(get(port, "/debug").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void endpointsChangeWithoutAnythingElse() {
        var pod = cluster.pod("proxy-1");
        cluster.apply(gateway("a.example.org"));
        cluster.gateway("shop", "edge", OperatorTest::programmed);
        cluster.apply(SHOP.replace("10.0.0.1", "10.0.0.2"));
        await().until(() -> pod.pushes().getLast().put().stream()
                .anyMatch(section -> section.section().toString().contains("10.0.0.2")));
        assertThat(pod.pushes().getLast().put()).hasSize(1);
    }

    @Test
    void aDeletedLeaseDoesNotEndPushes() {
        var pod = cluster.pod("proxy-1");
        cluster.apply(gateway("a.example.org"));
        cluster.gateway("shop", "edge", OperatorTest::programmed);
        pod.seenTerm(50);
        client.leases()
                .inNamespace("portico-system")
                .withName("portico-operator")
                .delete();
        cluster.apply(gateway("b.example.org"));
        await().until(() -> operator.term().orElse(0) > 50);
        await().until(() -> pod.pushes().getLast().term() > 50
                && pod.table().keySet().stream().anyMatch(key -> key.contains("b.example.org")));
    }

    @Test
    void aPodThatAlwaysClaimsAHigherTermOpensNoWatchAnewAndOthersSeeFewTerms() {
        var pod = cluster.pod("proxy-1");
        cluster.apply(gateway("a.example.org"));
        cluster.gateway("shop", "edge", OperatorTest::programmed);
        var watches = new TreeMap<String, Integer>();
        await().until(() ->
                countWatches(watches).size() == Watches.kinds(Set.of()).size());
        var before = Map.copyOf(watches);

        var began = System.nanoTime();
        var liar = cluster.pod("proxy-2");
        liar.refuse(push -> {
            liar.seenTerm(push.term() + 1);
            return Answer.Reason.OLDER_TERM;
        });
        await().during(Duration.ofSeconds(7)).until(() -> countWatches(watches).equals(before));
        await().until(() -> pod.term() > 2);
        var raises = 1 + Duration.ofNanos(System.nanoTime() - began).toSeconds() / 5;
        // A raised term is one above the claim.
        assertThat(pod.term()).isLessThanOrEqualTo(1 + 2 * raises);
    }

    @Test
    void anUndecodableGatewayIsAProblemAndOthersAreServed() {
        var pod = cluster.pod("proxy-1");
        cluster.apply("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: bad, namespace: shop}
                spec: {listeners: seven}
                """);
        cluster.apply(gateway("a.example.org"));
        cluster.gateway("shop", "edge", OperatorTest::programmed);
        await().until(() ->
                problems.stream().anyMatch(problem -> problem.object().equals(ObjectRef.gateway("shop", "bad"))));
        assertThat(pod.table()).isNotEmpty();
    }

    @Test
    void theConsoleShowsWhatWasCompiledAndWhatReplicasServe() throws IOException, InterruptedException {
        var port = operator.openConsole("127.0.0.1", 0);
        cluster.pod("proxy-1").page("/metrics", "portico_table_version 1");
        cluster.apply(gateway("a.example.org").replace("name: web, port", "name: absent, port"));
        await().until(() -> get(port, "/").body().contains("up to date"));
        assertThat(get(port, "/").body())
                .contains("Leads in term 1.", "<a href=\"/gateways/shop/edge\">shop/edge</a>", "1 of 1")
                .contains("proxy-1", "Gateway/shop/edge</td><td>spec.routes[0].backendRefs[0]");
        var page = get(port, "/gateways/shop/edge").body();
        assertThat(page).contains("a.example.org", "prefix /", "Gateway/shop/edge/web", "http-80");
        var metrics = Pattern.compile("/pods/[^\"]+/metrics").matcher(page);
        assertThat(metrics.find()).isTrue();
        assertThat(get(port, metrics.group()).body()).isEqualTo("portico_table_version 1");
    }

    @Test
    void anIngressGetsTheAddressAndItsProblemsAsEvents() {
        cluster.pod("proxy-1");
        cluster.apply(gateway("a.example.org"));
        cluster.apply("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web, namespace: shop}
                spec:
                  ingressClassName: portico
                  rules:
                  - host: c.example.org
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: absent, port: {number: 80}}}}]}
                """);
        await().until(() -> addresses("web").equals(List.of("127.0.0.1")));
        await().until(() -> client.v1().events().inNamespace("shop").list().getItems().stream()
                .anyMatch(event -> event.getInvolvedObject().getName().equals("web")
                        && event.getMessage().contains("absent")));
    }

    @Test
    void aRoundThatIsLostIsRepeatedWithoutAnotherChange() {
        cluster.pod("proxy-1");
        mistakes.set(2);
        cluster.apply(gateway("a.example.org").replace("name: web, port", "name: absent, port"));
        await().until(() -> mistakes.get() < 0
                && problems.stream().anyMatch(problem -> problem.message().contains("absent")));
        cluster.gateway("shop", "edge", OperatorTest::programmed);
    }

    private List<String> addresses(String name) {
        Ingress ingress = client.network()
                .v1()
                .ingresses()
                .inNamespace("shop")
                .withName(name)
                .get();
        return ingress.getStatus() == null || ingress.getStatus().getLoadBalancer() == null
                ? List.of()
                : ingress.getStatus().getLoadBalancer().getIngress().stream()
                        .map(entry -> entry.getIp())
                        .toList();
    }

    private Map<String, Integer> countWatches(Map<String, Integer> watches) throws InterruptedException {
        for (var request = server.takeRequest(0, TimeUnit.SECONDS);
                request != null;
                request = server.takeRequest(0, TimeUnit.SECONDS)) {
            var path = request.getPath();
            if (path.contains("watch=true")) {
                watches.merge(path.substring(0, path.indexOf('?')), 1, Integer::sum);
            }
        }
        return watches;
    }

    private int puts(String path) throws InterruptedException {
        var puts = 0;
        for (var request = server.takeRequest(0, TimeUnit.SECONDS);
                request != null;
                request = server.takeRequest(0, TimeUnit.SECONDS)) {
            if (request.getPath().equals(path) && request.getMethod().equals("PUT")) {
                puts++;
            }
        }
        return puts;
    }

    private static String gateway(String host) {
        return """
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: edge, namespace: shop}
                spec:
                  listeners: [{name: http, port: 80, protocol: HTTP}]
                  routes:
                  - {name: web, hostnames: [%s], backendRefs: [{name: web, port: 80}]}
                """.formatted(host);
    }

    private static boolean programmed(Gateway gateway) {
        var generation = gateway.getMetadata().getGeneration();
        return gateway.getStatus() != null
                && gateway.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.type().equals("Programmed")
                                && condition.status() == Condition.Status.TRUE
                                && condition.observedGeneration() == (generation == null ? 0 : generation));
    }

    private static Condition condition(Gateway gateway, String type) {
        return gateway.getStatus().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElse(NONE);
    }
}
