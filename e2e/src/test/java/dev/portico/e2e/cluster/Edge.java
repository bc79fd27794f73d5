package dev.portico.e2e.cluster;

import dev.portico.e2e.apiserver.Cluster;
import dev.portico.e2e.apiserver.ConfigPort;
import dev.portico.operator.identity.Identities;
import dev.portico.operator.identity.Identity;
import dev.portico.operator.watch.AuthoritySecret;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The Gateway {@code edge} in a namespace of a test's own, and the data plane that Portico makes for it. */
record Edge(Cluster cluster, String namespace) implements AutoCloseable {
    static final String PORTICO = "portico-system";
    private static final int CONFIG = 9443;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Where nothing is yet, be it that an earlier run left something. */
    static Edge fresh(Cluster cluster, String namespace) {
        var named = cluster.client().namespaces().withName(namespace);
        named.delete();
        named.waitUntilCondition(Objects::isNull, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        cluster.namespace(namespace);
        return new Edge(cluster, namespace);
    }

    /** What the operator shows to pods. */
    static Identity operator(KubernetesClient client) throws IOException {
        return new Identities(new AuthoritySecret(client, PORTICO), InstantSource.system())
                .operator()
                .getFirst();
    }

    HasMetadata gateway() {
        return cluster.client()
                .genericKubernetesResources("portico.dev/v1alpha1", "Gateway")
                .inNamespace(namespace)
                .withName("edge")
                .require();
    }

    String status() {
        return cluster.now(gateway()).find("status").toString();
    }

    Deployment deployment() {
        return only(Deployment.class);
    }

    Secret secret() {
        return only(Secret.class);
    }

    private <T extends HasMetadata> T only(Class<T> kind) {
        return cluster.client()
                .resources(kind)
                .inNamespace(namespace)
                .withLabel("portico.dev/data-plane", gateway().getMetadata().getUid())
                .list()
                .getItems()
                .getFirst();
    }

    List<Pod> pods() {
        return cluster.client()
                .pods()
                .inNamespace(namespace)
                .withLabels(deployment().getSpec().getSelector().getMatchLabels())
                .list()
                .getItems();
    }

    /** The first pod's answer to who comes with an identity. */
    String ask(Vertx vertx, Identity identity, HttpMethod method, String path) {
        try (var forward = cluster.client().pods().resource(pods().getFirst()).portForward(CONFIG)) {
            return new ConfigPort(vertx, forward.getLocalPort()).ask(identity, method, path);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    static ConditionFactory await() {
        // As long as something is not yet made.
        return Awaitility.await()
                .ignoreException(NoSuchElementException.class)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100));
    }

    @Override
    public void close() {
        cluster.client().namespaces().withName(namespace).delete();
    }
}
