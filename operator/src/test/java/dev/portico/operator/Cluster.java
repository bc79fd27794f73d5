package dev.portico.operator;

import static dev.portico.operator.Patience.await;

import dev.portico.crds.PorticoKinds;
import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.ratelimit.RateLimit;
import dev.portico.operator.identity.Authority;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.push.StubPod;
import dev.portico.operator.watch.AuthoritySecret;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** A cluster as tests use it: objects as YAML, and pods of the data plane that take pushes. */
final class Cluster implements AutoCloseable {
    static final String DATA_PLANE = "standalone";
    private static final Map<String, Boolean> NAMESPACED =
            Map.of("Namespace", false, "IngressClass", false, "Node", false);
    private static final Map<String, String> PLURALS = Map.of(
            "Gateway", "gateways",
            "RateLimit", "ratelimits",
            "BackendPolicy", "backendpolicies",
            "Ingress", "ingresses",
            "IngressClass", "ingressclasses",
            "Service", "services",
            "EndpointSlice", "endpointslices",
            "Namespace", "namespaces",
            "Secret", "secrets");

    private final KubernetesClient client;
    private final PorticoKinds kinds = new PorticoKinds();
    private final Vertx vertx = Vertx.vertx();
    private final List<StubPod> pods = new ArrayList<>();
    private final Authority authority;

    Cluster(KubernetesClient client, String namespace) throws IOException {
        this.client = client;
        this.authority = new AuthoritySecret(client, namespace).readOrCreate(Instant.now());
    }

    /** Creates objects, or replaces their spec. */
    void apply(String yaml) {
        for (String document : yaml.split("(?m)^---$", -1)) {
            var object = Serialization.unmarshal(document, GenericKubernetesResource.class);
            resource(object).createOr(existing -> {
                var now = resource(object).get();
                object.getMetadata().setResourceVersion(now.getMetadata().getResourceVersion());
                return resource(object).update();
            });
        }
    }

    void delete(ObjectRef ref) {
        var object = new GenericKubernetesResource();
        object.setApiVersion(ref.group().isEmpty() ? "v1" : ref.group() + "/v1");
        object.setKind(ref.kind());
        object.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                .withNamespace(ref.namespace())
                .withName(ref.name())
                .build());
        resource(object).delete();
    }

    /** A Ready pod of the data plane, whose config port is open. */
    StubPod pod(String name) {
        var stub = StubPod.start(vertx, authority.dataPlane(DATA_PLANE, Instant.now()), DATA_PLANE);
        pods.add(stub);
        var pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .addToLabels("portico.dev/data-plane", DATA_PLANE)
                .addToLabels("app.kubernetes.io/name", "portico-proxy")
                .addToAnnotations("portico.dev/config-port", Integer.toString(stub.port()))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("proxy")
                .withImage("none")
                .endContainer()
                .endSpec()
                .build();
        status(client.pods().inNamespace("default").resource(pod).create());
        return stub;
    }

    private void status(Pod created) {
        var ready = new PodBuilder(created)
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("127.0.0.1")
                .addNewPodIP()
                .withIp("127.0.0.1")
                .endPodIP()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
        client.pods().inNamespace("default").resource(ready).updateStatus();
    }

    Gateway gateway(String namespace, String name) {
        return kinds.gateway(Objects.requireNonNull(
                client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(Gateway.class))
                        .inNamespace(namespace)
                        .withName(name)
                        .get()));
    }

    Gateway gateway(String namespace, String name, Predicate<Gateway> test) {
        await().until(() -> test.test(gateway(namespace, name)));
        return gateway(namespace, name);
    }

    RateLimit rateLimit(String namespace, String name) {
        return kinds.rateLimit(Objects.requireNonNull(
                client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(RateLimit.class))
                        .inNamespace(namespace)
                        .withName(name)
                        .get()));
    }

    KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        pods.forEach(StubPod::close);
        vertx.close().await();
    }

    private Resource<GenericKubernetesResource> resource(GenericKubernetesResource object) {
        var version = object.getApiVersion();
        var slash = version.indexOf('/');
        var namespaced = NAMESPACED.getOrDefault(object.getKind(), true);
        var context = new ResourceDefinitionContext.Builder()
                .withGroup(slash < 0 ? "" : version.substring(0, slash))
                .withVersion(version.substring(slash + 1))
                .withKind(object.getKind())
                .withPlural(Objects.requireNonNull(PLURALS.get(object.getKind())))
                .withNamespaced(namespaced)
                .build();
        var all = client.genericKubernetesResources(context);
        return namespaced
                ? all.inNamespace(object.getMetadata().getNamespace()).resource(object)
                : all.resource(object);
    }
}
