package dev.portico.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds the examples of module crds, which the offline checker judged, against the API server of KUBECONFIG. */
@Tag("api-server")
class ExamplesTest {
    private static final Path CRDS = Path.of("../deploy/manifests/crds");
    private static final String STRICT = "?dryRun=All&fieldValidation=Strict";
    private static final Map<String, String> COLLECTIONS = Map.of(
            "Gateway", "/apis/portico.dev/v1alpha1/namespaces/default/gateways",
            "RateLimit", "/apis/portico.dev/v1alpha1/namespaces/default/ratelimits",
            "BackendPolicy", "/apis/portico.dev/v1alpha1/namespaces/default/backendpolicies",
            "Ingress", "/apis/networking.k8s.io/v1/namespaces/default/ingresses",
            "IngressClass", "/apis/networking.k8s.io/v1/ingressclasses",
            "Service", "/api/v1/namespaces/default/services",
            "EndpointSlice", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
            "Secret", "/api/v1/namespaces/default/secrets",
            "Namespace", "/api/v1/namespaces");

    private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();

    @BeforeAll
    static void theCrdsAreApplied() throws IOException {
        for (Path file : files(CRDS).toList()) {
            var crd = CLIENT.getKubernetesSerialization()
                    .unmarshal(Files.readString(file), CustomResourceDefinition.class);
            CLIENT.resource(crd).forceConflicts().serverSideApply();
        }
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(CLIENT.raw(COLLECTIONS.get("RateLimit"))
                                + CLIENT.raw(COLLECTIONS.get("BackendPolicy"))
                                + CLIENT.raw(COLLECTIONS.get("Gateway")))
                        .contains("GatewayList", "RateLimitList", "BackendPolicyList"));
    }

    @AfterAll
    static void closed() {
        CLIENT.close();
    }

    static Stream<Path> valid() throws IOException {
        return files(Path.of("../crds/valid"));
    }

    static Stream<Path> invalid() throws IOException {
        return files(Path.of("../crds/invalid"));
    }

    @ParameterizedTest
    @MethodSource
    void valid(Path file) throws IOException {
        for (Map<?, ?> object : objects(file)) {
            assertThat(create(object)).contains("\"uid\"");
        }
    }

    @ParameterizedTest
    @MethodSource
    void invalid(Path file) throws IOException {
        String expected = Files.readAllLines(file).get(0).replaceFirst("^# expect: ", "");
        assertThatThrownBy(() -> create(objects(file).get(0))).hasMessageContaining(expected);
    }

    private static String create(Map<?, ?> object) {
        return CLIENT.raw(COLLECTIONS.get(String.valueOf(object.get("kind"))) + STRICT, "POST", object);
    }

    private static List<Map<?, ?>> objects(Path file) throws IOException {
        List<Map<?, ?>> objects = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(Files.readString(file))
                .forEach(tree -> objects.add((Map<?, ?>) tree));
        return objects;
    }

    private static Stream<Path> files(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted().toList().stream();
        }
    }
}
