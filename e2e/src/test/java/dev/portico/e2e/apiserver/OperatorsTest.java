package dev.portico.e2e.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.Operator;
import dev.portico.operator.OperatorConfig;
import dev.portico.operator.identity.Authority;
import dev.portico.operator.identity.Identities;
import dev.portico.operator.identity.Identity;
import dev.portico.operator.watch.AuthoritySecret;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Who leads, what happens when that ends, and what an API server that is away costs. */
@Tag("api-server")
final class OperatorsTest {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final List<HasMetadata> created = new ArrayList<>();
    private Cluster cluster;
    /** Of this test alone, as all operators here read no other. */
    private String namespace;

    private Identities identities;
    private StubPod pod;

    @BeforeEach
    void start(TestInfo test) throws IOException {
        cluster = Cluster.withCrds();
        namespace = "operators-" + Integer.toHexString(test.getDisplayName().hashCode());
        cluster.namespace(namespace);
        var gateway = apply("first.example.org");
        identities = new Identities(new AuthoritySecret(cluster.client(), namespace), InstantSource.system());
        var uid = gateway.getMetadata().getUid();
        pod = StubPod.start(vertx, identities.dataPlane(uid, null), cluster, namespace, uid);
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable part : parts.reversed()) {
            part.close();
        }
        pod.close();
        cluster.delete(created);
        cluster.client().secrets().inNamespace(namespace).delete();
        cluster.client().leases().inNamespace(namespace).delete();
        cluster.close();
        vertx.close().await();
    }

    @Test
    void theSecondOperatorGoesOnWhereTheFirstWasKilled() throws IOException {
        var first = process("first");
        until(START).until(() -> first.leads() && holds("first.example.org"));
        var second = process("second");
        until(START).until(second::isReady);
        assertThat(second.leads()).isFalse();
        var term = pod.term();

        first.kill();
        apply("second.example.org");
        until(Duration.ofSeconds(30)).until(() -> holds("second.example.org"));
        assertThat(pod.term()).isGreaterThan(term);
        assertThat(second.leads()).isTrue();
    }

    @Test
    void aLeaseThatIsDeletedKeepsNobodyFromPushing() {
        operator(cluster.client());
        until(START).until(() -> holds("first.example.org"));
        var term = pod.term();
        cluster.client()
                .leases()
                .inNamespace(namespace)
                .withName("portico-operator")
                .delete();
        apply("second.example.org");
        until(SOON).until(() -> holds("second.example.org"));
        until(SOON)
                .until(() -> cluster.client()
                                .leases()
                                .inNamespace(namespace)
                                .withName("portico-operator")
                                .get()
                        != null);
        apply("third.example.org");
        until(SOON).until(() -> holds("third.example.org"));
        assertThat(pod.term()).isGreaterThanOrEqualTo(term);
    }

    @Test
    void whatWasMissedWhileConnectionsWereCutIsServedSoonAfter() {
        var line = line();
        missed(line, line::cut);
    }

    @Test
    void whatWasMissedWhileTheApiServerWasSilentIsServedSoonAfter() {
        var line = line();
        missed(line, line::silence);
    }

    private void missed(Line line, Runnable interrupt) {
        var operator = operator(line.client());
        until(START).until(() -> holds("first.example.org"));
        var term = pod.term();
        interrupt.run();
        apply("second.example.org");
        until(Duration.ofSeconds(30)).until(() -> operator.term().isEmpty());
        assertThat(holds("second.example.org")).isFalse();

        line.restore();
        until(SOON).until(() -> holds("second.example.org"));
        apply("third.example.org");
        until(SOON).until(() -> holds("third.example.org"));
        assertThat(pod.term()).isGreaterThanOrEqualTo(term);
    }

    @Test
    void onlyListedNamespacesAreRead() {
        var elsewhere = namespace + "-elsewhere";
        cluster.namespace(elsewhere);
        var outside = apply(elsewhere, "outside.example.org");
        operator(cluster.client());
        until(START).until(() -> holds("first.example.org"));
        until(SOON).until(() -> cluster.now(created.getFirst()).find("status").isPresent());
        // What had been read would have been told of by the time that something newer is.
        var later = apply("later.example.org");
        until(SOON).until(() -> cluster.now(later).find("status").isPresent());
        assertThat(cluster.now(outside).find("status")).isEmpty();
    }

    @Test
    void aPodThatHoldsWhatIsOfAnotherDataPlaneIsPushedNothing() throws IOException {
        pod.close();
        var gateway = created.getFirst();
        var uid = gateway.getMetadata().getUid();
        pod = StubPod.start(vertx, identities.dataPlane("other", null), cluster, namespace, uid);
        operator(cluster.client());
        until(START)
                .until(() ->
                        cluster.now(gateway).find("status").toString().contains("expected " + Authority.nameOf(uid)));
        assertThat(holds("first.example.org")).isFalse();
    }

    @Test
    void keysStandInNoLogAndNoMetric() throws IOException {
        var good = Authority.create(Instant.now()).dataPlane("good", Instant.now());
        var broken = Authority.create(Instant.now()).dataPlane("broken", Instant.now());
        created.add(cluster.secret(namespace, "good", good.certificate(), good.key()));
        created.add(cluster.secret(namespace, "broken", broken.key(), broken.key()));
        created.add(cluster.encrypting(namespace, "good", "broken"));
        var operator = process("operator");
        until(START).until(() -> pod.holds("certificate/" + namespace + "/good@https-443"));
        until(SOON)
                .until(() ->
                        cluster.now(created.getLast()).find("status").toString().contains("/broken data[tls.crt]"));

        var told = Files.readString(directory.resolve("operator.log")) + operator.metrics();
        assertThat(told).contains("term 0 -> ", "portico_operator_problems");
        for (Identity identity : List.of(good, broken)) {
            var body = identity.key().lines().skip(1).findFirst().orElseThrow();
            var stored = base64(identity.key()).substring(60, 120);
            assertThat(told).doesNotContain(body, stored);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void operatorsThatStartTogetherMakeOneAuthority() throws Exception {
        var own = namespace + "-together";
        cluster.namespace(own);
        cluster.client().secrets().inNamespace(own).delete();
        Callable<String> start = () -> new AuthoritySecret(cluster.client(), own)
                .readOrCreate(Instant.now())
                .certificates();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var authorities = threads.invokeAll(List.of(start, start, start, start));
            var first = authorities.getFirst().get();
            for (var authority : authorities) {
                assertThat(authority.get()).isEqualTo(first);
            }
        }
        // The same where it is time for a successor.
        cluster.client().secrets().inNamespace(own).delete();
        var old = new AuthoritySecret(cluster.client(), own)
                .readOrCreate(Instant.now().minus(Duration.ofDays(250)))
                .certificates();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var authorities = threads.invokeAll(List.of(start, start, start, start));
            var first = authorities.getFirst().get();
            assertThat(first).endsWith(old).isNotEqualTo(old);
            for (var authority : authorities) {
                assertThat(authority.get()).isEqualTo(first);
            }
        }
    }

    private Line line() {
        var line = new Line(vertx);
        parts.add(line);
        return line;
    }

    private Operator operator(KubernetesClient client) {
        var operator = Operator.start(
                OperatorConfig.parse(List.of("--namespace=" + namespace, "--watch-namespaces=" + namespace)),
                client,
                problems -> {});
        parts.add(operator);
        return operator;
    }

    private OperatorProcess process(String name) throws IOException {
        var process = new OperatorProcess(
                directory.resolve(name + ".log"), "--namespace=" + namespace, "--watch-namespaces=" + namespace);
        parts.add(process);
        return process;
    }

    private boolean holds(String host) {
        return pod.holds("host/http-80/" + host);
    }

    private HasMetadata apply(String host) {
        return apply(namespace, host);
    }

    private HasMetadata apply(String where, String host) {
        var gateway = cluster.redirect(where, 80, host);
        created.add(gateway);
        return gateway;
    }

    private static ConditionFactory until(Duration atMost) {
        return Awaitility.await()
                .atMost(atMost.toMillis(), TimeUnit.MILLISECONDS)
                .pollInterval(Duration.ofMillis(50));
    }
}
