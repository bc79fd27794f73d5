package dev.portico.e2e.apiserver;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portico.e2e.cases.Case;
import dev.portico.e2e.cases.Tree;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The API server of KUBECONFIG. */
public final class Cluster implements AutoCloseable {
    private static final Path CRDS = Path.of("../deploy/manifests/crds");
    private static final String HOST_PORTS =
            "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/infrastructure/properties/hostPorts";

    private final KubernetesClient client = new KubernetesClientBuilder().build();

    private Cluster() {}

    /** As it is. */
    public static Cluster given() {
        if (System.getenv("KUBECONFIG") == null) {
            throw new IllegalStateException("KUBECONFIG is not set: export KUBECONFIG=$(e2e/cluster/run up --api)");
        }
        return new Cluster();
    }

    /** With the CRDs as they are now. */
    public static Cluster withCrds() throws IOException {
        Cluster cluster = given();
        try (Stream<Path> files = Files.list(CRDS)) {
            for (Path file : files.toList()) {
                cluster.install(file);
            }
        }
        return cluster;
    }

    private void install(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            client.load(in).items().forEach(crd -> {
                client.resource(crd).forceConflicts().serverSideApply();
                client.resource(crd)
                        .waitUntilCondition(
                                installed -> new Tree(generic(installed).getAdditionalProperties())
                                        .find("status", "acceptedNames", "kind")
                                        .isPresent(),
                                30,
                                TimeUnit.SECONDS);
            });
        }
        // Accepted is not served: the first answers after it may still be 404.
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> client.getKubernetesVersion() != null);
    }

    public KubernetesClient client() {
        return client;
    }

    public void namespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    /** A Gateway that redirects what is asked for one host. */
    public HasMetadata redirect(String namespace, int port, String host) {
        return apply("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: edge, namespace: %s}
                spec:
                  listeners: [{name: http, port: %d, protocol: HTTP}]
                  routes:
                  - name: to
                    hostnames: [%s]
                    filters: [{type: RequestRedirect, requestRedirect: {hostname: www.example.org}}]
                """.formatted(namespace, port, host));
    }

    /** The same Gateway with a listener for each of the Secrets. */
    public HasMetadata encrypting(String namespace, String... secrets) {
        String listeners = Stream.of(secrets)
                .map(secret -> """
                  - {name: %s, port: 443, protocol: HTTPS, hostname: %s.example.org, tls: {certificateRefs: [{name: %s}]}}
                """.formatted(secret, secret, secret))
                .collect(Collectors.joining());
        return apply("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: edge, namespace: %s}
                spec:
                  listeners:
                """.formatted(namespace) + listeners);
    }

    public HasMetadata apply(String yaml) {
        return client.resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .serverSideApply();
    }

    /** A Secret for TLS, with what stands for certificate and key. */
    public HasMetadata secret(String namespace, String name, String certificate, String key) {
        return client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withType("kubernetes.io/tls")
                        .addToData("tls.crt", base64(certificate))
                        .addToData("tls.key", base64(key))
                        .build())
                .create();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Has the schema of Gateways take every value of {@code hostPorts}, as that of a newer version would, until {@link #withCrds}. */
    void openHostPorts() {
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("gateways.portico.dev")
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\": \"remove\", \"path\": \"" + HOST_PORTS + "/enum\"}]");
        Map<String, Object> gateway = Map.of(
                "apiVersion",
                "portico.dev/v1alpha1",
                "kind",
                "Gateway",
                "metadata",
                Map.of("name", "probe"),
                "spec",
                Map.of("infrastructure", Map.of("hostPorts", "Perhaps")));
        // The server says nothing of when it has learnt a schema.
        Awaitility.await().ignoreExceptions().atMost(Duration.ofSeconds(30)).until(() -> {
            judge(gateway);
            return true;
        });
    }

    /** The pod of a data plane, Ready, whose config port is that of this machine. */
    Pod pod(String namespace, String dataPlane, int configPort) {
        Pod pod = client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("stub-" + dataPlane)
                        .addToLabels("portico.dev/data-plane", dataPlane)
                        .addToLabels("app.kubernetes.io/name", "portico-proxy")
                        .addToAnnotations("portico.dev/config-port", Integer.toString(configPort))
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("stub")
                        .withImage("stub")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        pod.setStatus(new PodStatusBuilder()
                .withPhase("Running")
                .withPodIP("127.0.0.1")
                .addNewPodIP()
                .withIp("127.0.0.1")
                .endPodIP()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .build());
        return client.resource(pod).updateStatus();
    }

    /** Creates it as {@code kubectl apply} would: a field that is unknown is an error. */
    public HasMetadata create(Map<String, Object> object) {
        return client.resource(generic(object))
                .fieldValidation(Validation.STRICT)
                .create();
    }

    /** Replaces what a user says of an object, whatever it was before. */
    void replace(Map<String, Object> object) {
        var replaced =
                List.of(Map.of("op", "replace", "path", "/spec", "value", Objects.requireNonNull(object.get("spec"))));
        client.resource(generic(object))
                .patch(
                        PatchContext.of(PatchType.JSON),
                        client.getKubernetesSerialization().asJson(replaced));
    }

    /** What would become of it, without making it. */
    public void judge(Map<String, Object> object) {
        GenericKubernetesResource generic = generic(object);
        if (generic.getMetadata().getNamespace() == null && !clusterScoped(generic)) {
            generic.getMetadata().setNamespace("default");
        }
        client.resource(generic).dryRun(true).fieldValidation(Validation.STRICT).create();
    }

    /** Checks that what a case says is refused is, in those words. */
    public void refuses(Case one) throws IOException {
        for (Case.Refused refused : one.refused()) {
            assertThatThrownBy(() -> judge(refused.object().map()))
                    .as(refused.object().toString())
                    .hasMessageContaining(refused.message());
        }
    }

    private static boolean clusterScoped(GenericKubernetesResource object) {
        return List.of("Namespace", "IngressClass").contains(object.getKind());
    }

    void delete(List<? extends HasMetadata> objects) {
        objects.reversed()
                .forEach(object -> client.resource(object).withGracePeriod(0).delete());
    }

    /** The object as it is now. */
    public Tree now(HasMetadata object) {
        return Tree.of(client.getKubernetesSerialization()
                .convertValue(client.resource(object).get(), Map.class));
    }

    public GenericKubernetesResource generic(Object object) {
        return client.getKubernetesSerialization().convertValue(object, GenericKubernetesResource.class);
    }

    @Override
    public void close() {
        client.close();
    }
}
