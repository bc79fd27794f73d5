package dev.portico.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portico.e2e.apiserver.Cluster;
import dev.portico.e2e.apiserver.Conditions;
import dev.portico.operator.identity.Identity;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of two data planes where their pods run, and what these hold. */
@Tag("cluster")
final class DataPlanesTest {
    private static final String EDIT =
            "{\"spec\": {\"infrastructure\": {\"labels\": {\"example.org/edited\": \"yes\"}}}}";

    private static Vertx vertx;
    private static Cluster cluster;
    private static KubernetesClient client;
    private static Edge one;
    private static Edge other;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        cluster = Cluster.given();
        client = cluster.client();
        one = edge("data-plane-one");
        other = edge("data-plane-other");
        for (Edge edge : List.of(one, other)) {
            Edge.await()
                    .until(() -> edge.pods().size() == 2 && edge.pods().stream().allMatch(Edge::isReady));
        }
    }

    private static Edge edge(String namespace) {
        Edge edge = Edge.fresh(cluster, namespace);
        cluster.apply("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: edge, namespace: %1$s}
                spec:
                  listeners: [{name: http, port: 80, protocol: HTTP}]
                  infrastructure: {replicas: 2, service: {type: ClusterIP}}
                  routes:
                  - name: to
                    hostnames: [%1$s.example.org]
                    filters: [{type: RequestRedirect, requestRedirect: {hostname: www.example.org}}]
                """.formatted(namespace));
        return edge;
    }

    @AfterAll
    static void end() {
        one.close();
        other.close();
        cluster.close();
        vertx.close().await();
    }

    @Test
    void noPodHoldsATokenOfTheApi() {
        List<Pod> pods =
                client
                        .pods()
                        .inAnyNamespace()
                        .withLabel("app.kubernetes.io/name", "portico-proxy")
                        .list()
                        .getItems()
                        .stream()
                        // Those of other tests that end may have outlived their Secret.
                        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                        .toList();
        assertThat(pods)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(pod -> assertThat(pod.getSpec().getVolumes())
                        .allMatch(volume -> volume.getSecret() != null || volume.getEmptyDir() != null)
                        .filteredOn(volume -> volume.getSecret() != null)
                        .extracting(volume -> client.secrets()
                                .inNamespace(pod.getMetadata().getNamespace())
                                .withName(volume.getSecret().getSecretName())
                                .require())
                        .allSatisfy(secret ->
                                assertThat(secret.getData()).containsOnlyKeys("ca.crt", "tls.crt", "tls.key")));
    }

    @Test
    void whatPodsHoldOpensNoPodOfTheOtherDataPlaneAndNoneOfTheirOwn() throws IOException {
        assertThat(other.ask(vertx, Edge.operator(client), HttpMethod.GET, "/debug/snapshot"))
                .contains("data-plane-other.example.org");
        for (Edge edge : List.of(one, other)) {
            Identity held = held(edge);
            Map.of("/v1/state", HttpMethod.GET, "/debug/snapshot", HttpMethod.GET, "/v1/push", HttpMethod.PUT)
                    .forEach((path, method) -> assertThatThrownBy(() -> other.ask(vertx, held, method, path))
                            .as("%s %s", method, path)
                            .hasRootCauseInstanceOf(SSLException.class));
        }
    }

    private static Identity held(Edge edge) {
        Map<String, String> files = edge.secret().getData().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        file -> new String(Base64.getDecoder().decode(file.getValue()), StandardCharsets.US_ASCII)));
        return Identity.of(files).orElseThrow();
    }

    @Test
    void whoScaledByHandIsHeededWhateverIsPutRightAndNoConditionFlaps() {
        try (var seen = Conditions.watch(client, one.gateway())) {
            long generation = one.gateway().getMetadata().getGeneration();
            Edge.await().until(() -> seen.wasProgrammed(generation));
            client.resource(one.deployment()).scale(3);
            Edge.await().until(() -> ready("").size() == 3);

            client.resource(one.deployment()).edit(drifted -> {
                drifted.getMetadata().getLabels().put("app.kubernetes.io/name", "drifted");
                return drifted;
            });
            Edge.await().until(() -> "portico-proxy".equals(label(one.deployment(), "app.kubernetes.io/name")));
            assertThat(one.deployment().getSpec().getReplicas()).isEqualTo(3);

            client.resource(one.gateway()).patch(PatchContext.of(PatchType.JSON_MERGE), EDIT);
            Edge.await().until(() -> seen.wasProgrammed(generation + 1));
            Edge.await().until(() -> ready("yes").size() == 3);
            assertThat(one.deployment().getSpec().getReplicas()).isEqualTo(3);
            assertThat(seen.flaps()).isEmpty();
        }
    }

    private static List<Pod> ready(String edited) {
        return one.pods().stream()
                .filter(Edge::isReady)
                .filter(pod -> edited.equals(label(pod, "example.org/edited")))
                .toList();
    }

    private static String label(HasMetadata object, String key) {
        return object.getMetadata().getLabels().getOrDefault(key, "");
    }
}
