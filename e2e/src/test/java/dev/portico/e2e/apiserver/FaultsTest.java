package dev.portico.e2e.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.e2e.cases.Tree;
import dev.portico.e2e.requests.Requests;
import dev.portico.e2e.sockets.Asker;
import dev.portico.e2e.sockets.Ports;
import dev.portico.operator.Operator;
import dev.portico.operator.OperatorConfig;
import dev.portico.operator.identity.Authority;
import dev.portico.operator.identity.Identities;
import dev.portico.operator.watch.AuthoritySecret;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One bad object among a thousand: it is told what is wrong with it, and no other waits for it. An API server takes no
 * endpoints of loopback, so what an Ingress serves here has none and is answered 503, and everything else 404.
 */
@Tag("api-server")
final class FaultsTest {
    private static final String OWN = "faults";
    private static final Path WORLD = Path.of("src/test/resources/apiserver/faults-world.yaml");
    private static final int INGRESSES = 1_000;
    private static final int AT_ONCE = 8;
    private static final String BAD = "one-500";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int EDGE = Ports.free();
    private static final int LOST = Ports.free();
    private static final Map<String, String> LISTENERS = Map.of(
            "edge",
            "[{name: http, port: %d, protocol: HTTP}, {name: https, port: %d, protocol: HTTPS, tls: {}}]"
                    .formatted(EDGE, Ports.free()),
            "lost",
            "[{name: http, port: %d, protocol: HTTP}]".formatted(LOST));

    @TempDir
    private static Path directory;

    private static final List<HasMetadata> CREATED = new ArrayList<>();
    private static final List<AutoCloseable> PARTS = new ArrayList<>();
    private static Vertx vertx;
    private static Cluster cluster;
    private static KubernetesClient client;
    private static Identities identities;
    private static int changes;
    private static Duration slowest = Duration.ZERO;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        cluster = Cluster.withCrds();
        client = cluster.client();
        cluster.namespace(OWN);
        identities = new Identities(new AuthoritySecret(client, OWN), InstantSource.system());
        for (Tree object : Tree.documents(WORLD)) {
            CREATED.add(cluster.create(object.map()));
        }
        secrets();
        ingresses();
        serve("edge", gateway("edge", "first.example.org"));
        PARTS.add(Operator.start(
                OperatorConfig.parse(List.of("--namespace=" + OWN, "--watch-namespaces=" + OWN)),
                client,
                problems -> {}));
        await().until(() -> answers(503, EDGE, host(INGRESSES - 1) + "/0"));
    }

    private static void secrets() {
        Instant now = Instant.now();
        Instant longAgo = now.minus(Duration.ofDays(700));
        var good = Authority.create(now).dataPlane("good", now);
        var other = Authority.create(now).dataPlane("other", now);
        var expired = Authority.create(longAgo).dataPlane("expired", longAgo);
        cluster.secret(OWN, "good", good.certificate(), good.key());
        cluster.secret(OWN, "garbage", "no certificate", good.key());
        cluster.secret(OWN, "strangers", good.certificate(), other.key());
        cluster.secret(OWN, "expired", expired.certificate(), expired.key());
    }

    private static void ingresses() throws Exception {
        var creating = IntStream.range(0, INGRESSES)
                .<Callable<HasMetadata>>mapToObj(i ->
                        () -> cluster.create(ingress("one-" + i, Fault.none(host(i), "/0"))))
                .toList();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<HasMetadata> created : threads.invokeAll(creating)) {
                created.get();
            }
        }
    }

    private static String host(int i) {
        return "one-" + i + ".example.org";
    }

    private static Map<String, Object> ingress(String name, Map<String, Object> spec) {
        return Map.of(
                "apiVersion",
                "networking.k8s.io/v1",
                "kind",
                "Ingress",
                "metadata",
                Map.of("namespace", OWN, "name", name),
                "spec",
                spec);
    }

    /** One that redirects what is asked for a host. */
    private static HasMetadata gateway(String name, String host) {
        HasMetadata gateway = cluster.apply("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: %s, namespace: faults}
                spec:
                  listeners: %s
                  routes:
                  - name: to
                    hostnames: [%s]
                    filters: [{type: RequestRedirect, requestRedirect: {hostname: www.example.org}}]
                """.formatted(name, LISTENERS.get(name), host));
        CREATED.add(gateway);
        return gateway;
    }

    private static void serve(String name, HasMetadata gateway) throws IOException {
        String uid = gateway.getMetadata().getUid();
        PARTS.add(ProxyPod.start(directory.resolve(name), identities.dataPlane(uid, null), cluster, OWN, uid));
    }

    @AfterAll
    static void end() throws Exception {
        System.out.printf(
                "faults: %d Ingresses, changes of %d others were served within %d ms%n",
                INGRESSES, changes, slowest.toMillis());
        for (AutoCloseable part : PARTS.reversed()) {
            part.close();
        }
        // A schema that a test opened is closed again.
        Cluster.withCrds().close();
        cluster.delete(CREATED);
        client.network().v1().ingresses().inNamespace(OWN).delete();
        client.secrets().inNamespace(OWN).delete();
        client.leases().inNamespace(OWN).delete();
        cluster.close();
        vertx.close().await();
    }

    static List<Fault> faults() throws IOException {
        return Fault.all();
    }

    @Test
    void thereAreTwentyWaysToBeBad() throws IOException {
        assertThat(Fault.all()).hasSize(20).extracting(Fault::says).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void anIngressThatIsBadIsToldSoAndNoOtherWaitsForIt(Fault fault) {
        cluster.replace(ingress(BAD, fault.spec(BAD + ".example.org")));
        anotherIngressIsServedSoon();
        HasMetadata told = fault.secret().isEmpty()
                ? client.network()
                        .v1()
                        .ingresses()
                        .inNamespace(OWN)
                        .withName(BAD)
                        .require()
                : client.secrets().inNamespace(OWN).withName(fault.secret()).require();
        await().untilAsserted(() -> assertThat(told(told)).anyMatch(said -> said.contains(fault.says())));
        anotherIngressIsServedSoon();
    }

    @Test
    void aGatewayThatCannotBeDecodedIsToldSoServesOnAndNoOtherWaitsForIt() throws IOException {
        HasMetadata lost = gateway("lost", "first.example.org");
        serve("lost", lost);
        await().until(() -> answers(302, LOST, "first.example.org/"));
        cluster.openHostPorts();
        hostPorts(lost, "Perhaps");
        anotherIngressIsServedSoon();
        await().untilAsserted(() -> assertThat(told(lost))
                .contains("spec.infrastructure.hostPorts: is 'Perhaps', expected one of Disabled, Enabled"));
        await().until(() -> accepted(lost).contains("False Invalid spec.infrastructure.hostPorts: is 'Perhaps'"));

        anotherIngressIsServedSoon();
        gateway("edge", "second.example.org");
        soon(() -> answers(302, EDGE, "second.example.org/"));
        assertThat(answers(302, LOST, "first.example.org/")).isTrue();

        hostPorts(lost, "Disabled");
        gateway("lost", "second.example.org");
        await().until(() -> answers(302, LOST, "second.example.org/"));
        await().until(() -> accepted(lost).startsWith("True"));
    }

    private static String accepted(HasMetadata gateway) {
        return Conditions.of(cluster.now(gateway)).stream()
                .filter(seen -> seen.type().equals("Accepted"))
                .map(seen -> seen.status() + " " + seen.why())
                .findFirst()
                .orElse("");
    }

    private static void hostPorts(HasMetadata gateway, String value) {
        client.resource(gateway)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\": {\"infrastructure\": {\"hostPorts\": \"" + value + "\"}}}");
    }

    private static void anotherIngressIsServedSoon() {
        changes++;
        String changed = host(changes) + "/changed";
        assertThat(answers(404, EDGE, changed)).isTrue();
        cluster.replace(ingress("one-" + changes, Fault.none(host(changes), "/changed")));
        soon(() -> answers(503, EDGE, changed));
    }

    private static void soon(Callable<Boolean> served) {
        long asked = System.nanoTime();
        Awaitility.await("served")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(SOON)
                .until(served);
        var took = Duration.ofNanos(System.nanoTime() - asked);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }

    private static boolean answers(int status, int port, String url) {
        var asker = new Asker(vertx, Map.of(port, SocketAddress.inetSocketAddress(port, "127.0.0.1")));
        String request = "[h1] GET http://" + url.replaceFirst("/", ":" + port + "/") + " -> " + status;
        return Requests.parse(OWN, request).stream()
                .allMatch(ask -> asker.refuse(ask).isEmpty());
    }

    /** By Events, as kubectl describe finds them. */
    private static List<String> told(HasMetadata object) {
        return client.v1().events().inNamespace(OWN).list().getItems().stream()
                .filter(event -> object.getMetadata()
                        .getUid()
                        .equals(event.getInvolvedObject().getUid()))
                .map(Event::getMessage)
                .toList();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
