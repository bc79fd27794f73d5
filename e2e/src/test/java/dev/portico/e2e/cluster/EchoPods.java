package dev.portico.e2e.cluster;

import dev.portico.e2e.cases.Addresses;
import dev.portico.e2e.cases.Backends.Backend;
import dev.portico.e2e.cases.Tree;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Pods for a case's Services that answer as its {@code backends.yaml} says. */
record EchoPods(List<Tree> objects) {
    private static final String TLS = "tls";
    private static final String CLIENTS = "clients";

    Deployment of(Addresses.Service service, Backend backend) {
        Map<String, String> labels = labels(service);
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(service.namespace())
                .withName("echo-" + service.name())
                .endMetadata()
                .withNewSpec()
                .withReplicas(backend.endpoints())
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withSpec(pod(service, backend))
                .endTemplate()
                .endSpec()
                .build();
    }

    private Map<String, String> labels(Addresses.Service service) {
        Tree selector = objects.stream()
                .filter(object -> object.is("Service"))
                .filter(object -> object.text("metadata", "namespace").equals(service.namespace()))
                .filter(object -> object.text("metadata", "name").equals(service.name()))
                .findFirst()
                .orElseThrow()
                .tree("spec", "selector");
        return selector.map().keySet().stream().collect(Collectors.toMap(key -> key, key -> selector.text(key)));
    }

    private static PodSpec pod(Addresses.Service service, Backend backend) {
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withTerminationGracePeriodSeconds(0L)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container(service, backend))
                .withVolumes(volumes(backend))
                .build();
    }

    private static Container container(Addresses.Service service, Backend backend) {
        return new ContainerBuilder()
                .withName("echo")
                .withImage(EchoImage.NAME)
                .withImagePullPolicy("IfNotPresent")
                .withArgs(arguments(service, backend))
                .withPorts(service.ports().stream().map(EchoPods::port).toList())
                .withNewReadinessProbe()
                .withPeriodSeconds(1)
                .withNewTcpSocket()
                .withNewPort(service.ports().getFirst().number())
                .endTcpSocket()
                .endReadinessProbe()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withVolumeMounts(volumes(backend).stream()
                        .map(volume -> new VolumeMountBuilder()
                                .withName(volume.getName())
                                .withMountPath("/" + volume.getName())
                                .build())
                        .toList())
                .build();
    }

    private static ContainerPort port(Addresses.Port port) {
        var built = new ContainerPortBuilder().withContainerPort(port.number());
        return (port.target().isEmpty() ? built : built.withName(port.target())).build();
    }

    private static List<Volume> volumes(Backend backend) {
        var volumes = new ArrayList<Volume>();
        if (backend.tls() != null) {
            volumes.add(new VolumeBuilder()
                    .withName(TLS)
                    .withNewSecret()
                    .withSecretName(backend.tls())
                    .endSecret()
                    .build());
        }
        if (backend.clients() != null) {
            volumes.add(new VolumeBuilder()
                    .withName(CLIENTS)
                    .withNewConfigMap()
                    .withName(backend.clients())
                    .endConfigMap()
                    .build());
        }
        return volumes;
    }

    private static List<String> arguments(Addresses.Service service, Backend backend) {
        var arguments = new ArrayList<String>();
        arguments.add("--service=" + service.name());
        arguments.add("--namespace=" + service.namespace());
        arguments.add("--port="
                + service.ports().stream()
                        .map(port -> Integer.toString(port.number()))
                        .distinct()
                        .collect(Collectors.joining(",")));
        arguments.add("--status=" + backend.status());
        arguments.add("--delay-ms=" + backend.delay().toMillis());
        backend.headers().forEach((name, value) -> arguments.add("--header=" + name + ": " + value));
        if (backend.body() != null) {
            arguments.add("--body=" + backend.body());
        }
        if (backend.grpc() != null) {
            arguments.add("--grpc-status=" + backend.grpc().number());
        }
        if (backend.tls() != null) {
            arguments.add("--tls=/" + TLS);
        }
        if (backend.clients() != null) {
            arguments.add("--clients=/" + CLIENTS + "/ca.crt");
        }
        return arguments;
    }
}
