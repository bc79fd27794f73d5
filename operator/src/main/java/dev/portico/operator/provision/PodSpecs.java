package dev.portico.operator.provision;

import dev.portico.crds.gateway.Infrastructure;
import dev.portico.crds.gateway.Resources;
import dev.portico.crds.gateway.Scheduling;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problems;
import dev.portico.operator.source.Durations;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pods of a data plane, as the Pod Security Standard {@code restricted} allows them unless they have host ports. */
final class PodSpecs {
    private static final long USER = 65532;
    private static final String CPU = "cpu";
    private static final int ADMIN = 9080;
    private static final int CONFIG = 9443;
    /** All addresses, of IPv4 and of IPv6. */
    private static final String ANY = "::";

    private static final String STATE = "/var/lib/portico";
    private static final String IDENTITY = "/etc/portico/config";

    /** After {@link Ending#beforeStop} a pod says that it ends, and still accepts. */
    private static final Duration ACCEPT = Duration.ofSeconds(5);

    private static final Duration DRAIN = Duration.ofSeconds(60);
    /** For the process to close what it has, after the drain. */
    private static final Duration TO_CLOSE = Duration.ofSeconds(10);

    private final DataPlane plane;
    private final Infrastructure infrastructure;
    private final Ending ending;
    private final String image;
    private final Map<String, String> selector;

    PodSpecs(DataPlane plane, String image, Map<String, String> selector) {
        this.plane = plane;
        this.infrastructure = plane.infrastructure();
        this.ending = Ending.of(infrastructure.service());
        this.image = image;
        this.selector = selector;
    }

    PodSpec spec() {
        var scheduling = infrastructure.scheduling();
        return new PodSpecBuilder()
                .withServiceAccountName(plane.name())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(ending.beforeStop()
                        .plus(ACCEPT)
                        .plus(drain())
                        .plus(TO_CLOSE)
                        .toSeconds())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .addNewSysctl("net.ipv4.ip_unprivileged_port_start", "0")
                .endSecurityContext()
                .withNodeSelector(new TreeMap<>(scheduling.nodeSelector()))
                .withTolerations(scheduling.tolerations().stream()
                        .map(PodSpecs::toleration)
                        .toList())
                .withTopologySpreadConstraints(spread(scheduling.spread()))
                .withContainers(container())
                .withVolumes(state(), identity())
                .build();
    }

    private Container container() {
        var resources = infrastructure.resources();
        return new ContainerBuilder()
                .withName("proxy")
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withArgs(
                        "--data-plane=" + plane.id(),
                        "--state=" + STATE,
                        "--identity=" + IDENTITY,
                        "--listen-host=" + ANY,
                        "--admin-host=" + ANY,
                        "--config-host=" + ANY,
                        "--drain-accept=" + ACCEPT.toSeconds() + "s",
                        "--drain-timeout=" + drain().toSeconds() + "s")
                .withPorts(ports())
                .withNewResources()
                .withRequests(requests(resources))
                .withLimits(new TreeMap<>(resources.limits()))
                .endResources()
                .withReadinessProbe(probe("/readyz", 1, 3))
                .withLivenessProbe(probe("/livez", 10, 6))
                .withNewLifecycle()
                .withNewPreStop()
                .withNewSleep(ending.beforeStop().toSeconds())
                .endPreStop()
                .endLifecycle()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName("state")
                .withMountPath(STATE)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("config")
                .withMountPath(IDENTITY)
                .withReadOnly(true)
                .endVolumeMount()
                .build();
    }

    // Those of listeners only where the node must know them: the proxy opens and closes them as it runs, and another
    // template would replace all pods.
    private List<ContainerPort> ports() {
        var ports = new ArrayList<ContainerPort>();
        if (infrastructure.hostPorts() == Infrastructure.HostPorts.ENABLED) {
            plane.ports().forEach((port, protocol) -> ports.add(port(DataPlane.portName(protocol, port), port, port)));
        }
        ports.add(port("admin", ADMIN, null));
        ports.add(port("config", CONFIG, null));
        return ports;
    }

    private Map<String, Quantity> requests(Resources resources) {
        var requests = new TreeMap<>(resources.requests());
        // An autoscaler measures by what pods ask for; those that have a limit alone ask for it.
        if (infrastructure.autoscaling() != null && !resources.limits().containsKey(CPU)) {
            requests.putIfAbsent(CPU, Resources.BY_DEFAULT.requests().get(CPU));
        }
        return requests;
    }

    private static ContainerPort port(String name, int port, @Nullable Integer hostPort) {
        return new ContainerPortBuilder()
                .withName(name)
                .withContainerPort(port)
                .withHostPort(hostPort)
                .withProtocol("TCP")
                .build();
    }

    private static Probe probe(String path, int period, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withPort(new IntOrString(ADMIN))
                .endHttpGet()
                .withPeriodSeconds(period)
                .withTimeoutSeconds(5)
                .withFailureThreshold(failures)
                .build();
    }

    /** The last table, which holds keys: in memory, gone with the pod. */
    private static Volume state() {
        return new VolumeBuilder()
                .withName("state")
                .withNewEmptyDir()
                .withMedium("Memory")
                .withNewSizeLimit("64Mi")
                .endEmptyDir()
                .build();
    }

    private Volume identity() {
        return new VolumeBuilder()
                .withName("config")
                .withNewSecret()
                .withSecretName(Children.secretName(plane))
                .withDefaultMode(0440)
                .endSecret()
                .build();
    }

    private List<TopologySpreadConstraint> spread(Scheduling.Spread spread) {
        var zones = constraint("topology.kubernetes.io/zone");
        var nodes = constraint("kubernetes.io/hostname");
        return switch (spread) {
            case NONE -> List.of();
            case NODE -> List.of(nodes);
            case ZONE -> List.of(zones, nodes);
        };
    }

    private TopologySpreadConstraint constraint(String key) {
        return new TopologySpreadConstraintBuilder()
                .withTopologyKey(key)
                .withMaxSkew(1)
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(selector)
                .endLabelSelector()
                // Pods of the version that is being replaced must not push those of the next one together.
                .withMatchLabelKeys("pod-template-hash")
                .build();
    }

    private Duration drain() {
        var read = Durations.read(
                infrastructure.drainTimeout(),
                "spec.infrastructure.drainTimeout",
                new Problems(ObjectRef.of(plane.gateway())));
        // The schema lets nothing through that cannot be read; the proxy counts in seconds.
        return Duration.ofSeconds(
                Objects.requireNonNullElse(read, DRAIN).plusMillis(999).toSeconds());
    }

    private static Toleration toleration(dev.portico.crds.gateway.Toleration toleration) {
        var effect = toleration.effect();
        return new TolerationBuilder()
                .withKey(toleration.key())
                .withOperator(
                        switch (toleration.operator()) {
                            case EQUAL -> "Equal";
                            case EXISTS -> "Exists";
                        })
                .withValue(toleration.value())
                .withEffect(effect == null ? null : name(effect))
                .withTolerationSeconds(toleration.tolerationSeconds())
                .build();
    }

    private static String name(dev.portico.crds.gateway.Toleration.Effect effect) {
        return switch (effect) {
            case NO_SCHEDULE -> "NoSchedule";
            case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
            case NO_EXECUTE -> "NoExecute";
        };
    }
}
