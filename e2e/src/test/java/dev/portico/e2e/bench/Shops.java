package dev.portico.e2e.bench;

import dev.portico.crds.PorticoKinds;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.ObjectRef;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPathBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClassBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Worlds of many Ingresses, each with a host, a Service and an EndpointSlice of its own, on one Gateway. */
final class Shops {
    static final ObjectRef GATEWAY = ObjectRef.gateway("portico", "edge");
    static final String DATA_PLANE = "edge-uid";
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private Shops() {}

    static ClusterState world(int ingresses) {
        var world = ClusterState.empty(NOW)
                .with(new PorticoKinds().gateway(gateway()))
                .with(new IngressClassBuilder()
                        .withNewMetadata()
                        .withName("portico")
                        .endMetadata()
                        .withNewSpec()
                        .withController("portico.dev/ingress-controller")
                        .endSpec()
                        .build());
        for (int i = 0; i < ingresses; i++) {
            world = world.with(ingress(i, 1, List.of("/"))).with(service(i)).with(slice(i, 1));
        }
        return world;
    }

    private static Map<String, Object> gateway() {
        var everyone = Map.of("namespaces", Map.of("from", "All"));
        return Map.of(
                "apiVersion",
                "portico.dev/v1alpha1",
                "kind",
                "Gateway",
                "metadata",
                Map.of("name", "edge", "namespace", "portico", "uid", DATA_PLANE, "generation", 1),
                "spec",
                Map.of(
                        "listeners",
                        List.of(Map.of("name", "http", "port", 80, "protocol", "HTTP", "allowedRoutes", everyone))));
    }

    static Ingress ingress(int i, int version, List<String> paths) {
        return new IngressBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("shop-" + i)
                .withUid("uid-" + i)
                .withResourceVersion(Integer.toString(version))
                .withGeneration((long) version)
                .withCreationTimestamp("2026-02-01T00:00:00Z")
                .endMetadata()
                .withNewSpec()
                .withIngressClassName("portico")
                .addNewRule()
                .withHost(host(i))
                .withNewHttp()
                .withPaths(IntStream.range(0, paths.size())
                        .mapToObj(at -> path(paths.get(at), i))
                        .toList())
                .endHttp()
                .endRule()
                .endSpec()
                .build();
    }

    static String host(int i) {
        return "shop-" + i + ".example.org";
    }

    private static HTTPIngressPath path(String path, int service) {
        return new HTTPIngressPathBuilder()
                .withPath(path)
                .withPathType("Prefix")
                .withNewBackend()
                .withNewService()
                .withName("shop-" + service)
                .withNewPort()
                .withNumber(80)
                .endPort()
                .endService()
                .endBackend()
                .build();
    }

    private static io.fabric8.kubernetes.api.model.Service service(int i) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("shop-" + i)
                .withResourceVersion("1")
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    /** @param version its last octet differs too, so that two versions say two things */
    static EndpointSlice slice(int i, int version) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("shop-" + i + "-x")
                .withResourceVersion(Integer.toString(version))
                .addToLabels("kubernetes.io/service-name", "shop-" + i)
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withPort(8080)
                .endPort()
                .withEndpoints(new EndpointBuilder()
                        .withAddresses("10.%d.%d.%d".formatted(i / 250, i % 250, version % 250 + 1))
                        .build())
                .build();
    }
}
