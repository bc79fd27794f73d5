package dev.portico.operator.provision;

import dev.portico.crds.gateway.Protocol;
import dev.portico.crds.gateway.ServiceSettings;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.Map;
import java.util.TreeMap;

/** The Service that clients come through. */
final class Front {
    private Front() {}

    static Service service(DataPlane plane, ObjectMeta metadata, Map<String, String> selector) {
        var settings = plane.infrastructure().service();
        var annotated = new ObjectMetaBuilder(metadata)
                .addToAnnotations(new TreeMap<>(settings.annotations()))
                .build();
        var external = settings.type() != ServiceSettings.Type.CLUSTER_IP;
        var addresses = settings.addresses();
        return new ServiceBuilder()
                .withMetadata(annotated)
                .withNewSpec()
                .withType(type(settings.type()))
                .withSelector(selector)
                .withIpFamilyPolicy("PreferDualStack")
                .withPorts(plane.ports().entrySet().stream()
                        .map(port -> port(port.getKey(), port.getValue()))
                        .toList())
                .withLoadBalancerClass(settings.loadBalancerClass())
                .withLoadBalancerIP(
                        addresses == null ? null : addresses.getFirst().value())
                .withExternalTrafficPolicy(external ? policy(settings.externalTrafficPolicy()) : null)
                .endSpec()
                .build();
    }

    private static ServicePort port(int port, Protocol protocol) {
        return new ServicePortBuilder()
                .withName(DataPlane.portName(protocol, port))
                .withProtocol("TCP")
                .withPort(port)
                .withTargetPort(new IntOrString(port))
                .build();
    }

    private static String type(ServiceSettings.Type type) {
        return switch (type) {
            case LOAD_BALANCER -> "LoadBalancer";
            case NODE_PORT -> "NodePort";
            case CLUSTER_IP -> "ClusterIP";
        };
    }

    private static String policy(ServiceSettings.TrafficPolicy policy) {
        return switch (policy) {
            case LOCAL -> "Local";
            case CLUSTER -> "Cluster";
        };
    }
}
