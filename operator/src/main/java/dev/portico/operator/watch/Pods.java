package dev.portico.operator.watch;

import dev.portico.crds.gateway.Gateway;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.push.Replica;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The replicas of data planes, read from their pods. */
public final class Pods {
    /** The label of all that belongs to a data plane, with its id. */
    public static final String DATA_PLANE = "portico.dev/data-plane";

    static final String SELECTOR = DATA_PLANE + ",app.kubernetes.io/name=portico-proxy";
    private static final String CONFIG_PORT = "portico.dev/config-port";
    private static final int DEFAULT_PORT = 9443;

    private final @Nullable String single;
    /** The namespace of each data plane, also of one whose Gateway is gone, while pods name it: they are to end serving. */
    private final Map<String, String> remembered = new HashMap<>();

    /** @param single the data plane of all Gateways, wherever its pods are; absent: each has its own */
    public Pods(@Nullable String single) {
        this.single = single;
    }

    /** Those that are to be dialled. For one thread at a time. */
    public List<Replica> replicas(ClusterState state) {
        remembered.putAll(homes(state));
        var replicas = new ArrayList<Replica>();
        var named = new HashSet<String>();
        state.all(Pod.class).forEach((ref, pod) -> {
            if (labels(pod).containsKey(DATA_PLANE)) {
                var dataPlane = dataPlane(pod);
                named.add(dataPlane);
                if (alive(pod) && (dataPlane.equals(single) || ref.namespace().equals(remembered.get(dataPlane)))) {
                    replicas.add(replica(pod));
                }
            }
        });
        remembered.keySet().retainAll(named);
        return replicas;
    }

    private static Map<String, String> homes(ClusterState state) {
        var homes = new HashMap<String, String>();
        state.all(Gateway.class)
                .forEach((ref, gateway) -> homes.put(gateway.getMetadata().getUid(), ref.namespace()));
        state.unreadable()
                .forEach((ref, object) -> homes.put(object.raw().getMetadata().getUid(), ref.namespace()));
        return homes;
    }

    /** Pods of data planes. Anybody may write the label of another's Gateway on a pod, which then is none. */
    private static void atHome(ClusterState state, BiConsumer<String, Pod> action) {
        var homes = homes(state);
        state.all(Pod.class).forEach((ref, pod) -> {
            var dataPlane = labels(pod).get(DATA_PLANE);
            if (dataPlane != null
                    && homes.getOrDefault(dataPlane, ref.namespace()).equals(ref.namespace())) {
                action.accept(dataPlane, pod);
            }
        });
    }

    /** The addresses of the nodes on which data planes have pods that clients are sent to. */
    public static Map<String, List<String>> nodes(ClusterState state) {
        var nodes = new HashMap<String, List<String>>();
        atHome(state, (dataPlane, pod) -> {
            if (alive(pod) && ready(pod) && pod.getStatus().getHostIP() != null) {
                nodes.computeIfAbsent(dataPlane, id -> new ArrayList<>())
                        .add(pod.getStatus().getHostIP());
            }
        });
        return nodes;
    }

    /** Why pods of data planes do not run, in the words of scheduler and kubelet: of each data plane one. */
    public static Map<String, String> obstacles(ClusterState state) {
        var obstacles = new HashMap<String, String>();
        atHome(
                state,
                (dataPlane, pod) -> obstacle(pod)
                        .map(why -> pod.getMetadata().getName() + ": " + why)
                        // Whichever, but always the same one.
                        .ifPresent(why -> obstacles.merge(
                                dataPlane, why, BinaryOperator.minBy(Comparator.<String>naturalOrder()))));
        return obstacles;
    }

    private static Optional<String> obstacle(Pod pod) {
        var status = pod.getStatus();
        if (status == null || pod.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        var unscheduled = status.getConditions().stream()
                .filter(condition ->
                        "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
                .map(PodCondition::getMessage);
        var waiting = status.getContainerStatuses().stream()
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .map(ContainerState::getWaiting)
                .filter(Objects::nonNull)
                // One that is only being created has none.
                .filter(container -> container.getMessage() != null)
                .map(container -> container.getReason() + ": " + container.getMessage());
        return Stream.concat(unscheduled, waiting).filter(Objects::nonNull).findFirst();
    }

    private static boolean alive(Pod pod) {
        var status = pod.getStatus();
        return status != null
                && status.getPodIP() != null
                && !status.getPodIP().isEmpty()
                && !"Succeeded".equals(status.getPhase())
                && !"Failed".equals(status.getPhase());
    }

    private static Replica replica(Pod pod) {
        var metadata = pod.getMetadata();
        return new Replica(
                Objects.requireNonNullElse(metadata.getUid(), metadata.getName()),
                metadata.getName(),
                dataPlane(pod),
                pod.getStatus().getPodIP(),
                port(pod),
                ready(pod));
    }

    private static String dataPlane(Pod pod) {
        return Objects.requireNonNull(labels(pod).get(DATA_PLANE));
    }

    private static int port(Pod pod) {
        var annotations = pod.getMetadata().getAnnotations();
        var text = annotations == null ? null : annotations.get(CONFIG_PORT);
        try {
            return text == null ? DEFAULT_PORT : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return DEFAULT_PORT;
        }
    }

    // A pod that is on its way out is sent no new clients, so nobody waits for what it says.
    private static boolean ready(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static Map<String, String> labels(Pod pod) {
        var labels = pod.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
