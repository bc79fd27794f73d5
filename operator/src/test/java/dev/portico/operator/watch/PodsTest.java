package dev.portico.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.crds.gateway.Gateway;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.push.Replica;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PodsTest {
    @Test
    void aPodThatLeavesIsPushedToAndNotWaitedFor() {
        var leaving = leaving(pod("shop", "edge-uid"));
        var state = empty().with(gateway("shop", "edge-uid"));
        assertThat(new Pods(null).replicas(state.with(pod("shop", "edge-uid"))))
                .singleElement()
                .matches(Replica::ready);
        assertThat(new Pods(null).replicas(state.with(leaving))).singleElement().matches(replica -> !replica.ready());
    }

    @Test
    void aPodInAnotherNamespaceThanItsGatewayIsNoReplicaNorIsOneOfNoGateway() {
        var state = empty().with(gateway("shop", "edge-uid"));
        assertThat(new Pods(null).replicas(state.with(pod("shop", "edge-uid")))).hasSize(1);
        assertThat(new Pods(null).replicas(state.with(pod("evil", "edge-uid")))).isEmpty();
        assertThat(new Pods(null).replicas(state.with(pod("evil", "nobody")))).isEmpty();
        assertThat(new Pods("standalone").replicas(state.with(pod("portico-system", "standalone"))))
                .hasSize(1);
    }

    @Test
    void aPodWhoseGatewayIsGoneStaysAReplicaWhereItWasOne() {
        var pods = new Pods(null);
        pods.replicas(empty().with(gateway("shop", "edge-uid")).with(pod("shop", "edge-uid")));
        assertThat(pods.replicas(empty().with(pod("shop", "edge-uid")))).hasSize(1);
        assertThat(pods.replicas(empty().with(pod("evil", "edge-uid")))).isEmpty();
        // Nothing is remembered that no pod names.
        assertThat(pods.replicas(empty())).isEmpty();
        assertThat(pods.replicas(empty().with(pod("shop", "edge-uid")))).isEmpty();
    }

    @Test
    void aPodThatDoesNotRunSaysWhyUnlessItIsAnotherNamespacesOrLeaves() {
        var unpulled = waiting("shop", "Back-off pulling image \"none\"");
        var state = empty().with(gateway("shop", "edge-uid"));

        assertThat(Pods.obstacles(state.with(unpulled)))
                .containsOnly(Map.entry("edge-uid", "proxy: ImagePullBackOff: Back-off pulling image \"none\""));
        assertThat(Pods.obstacles(state.with(waiting("shop", null)))).isEmpty();
        assertThat(Pods.obstacles(state.with(pod("shop", "edge-uid")))).isEmpty();
        assertThat(Pods.obstacles(state.with(waiting("evil", "Back-off pulling image"))))
                .isEmpty();
        assertThat(Pods.obstacles(state.with(leaving(unpulled)))).isEmpty();
    }

    @Test
    void ofSeveralPodsThatDoNotRunTheSameOneIsAlwaysTold() {
        var state = empty();
        for (String name : List.of("b", "c", "a")) {
            state = state.with(new PodBuilder(waiting("shop", "none"))
                    .editMetadata()
                    .withName(name)
                    .endMetadata()
                    .build());
        }
        assertThat(Pods.obstacles(state)).containsOnly(Map.entry("edge-uid", "a: ImagePullBackOff: none"));
    }

    private static Pod leaving(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .withDeletionTimestamp("2026-11-26T09:00:00Z")
                .endMetadata()
                .build();
    }

    private static Pod waiting(String namespace, @Nullable String message) {
        return new PodBuilder(pod(namespace, "edge-uid"))
                .withNewStatus()
                .addNewContainerStatus()
                .withNewState()
                .withNewWaiting(message, "ImagePullBackOff")
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static ClusterState empty() {
        return ClusterState.empty(Instant.EPOCH);
    }

    private static Gateway gateway(String namespace, String uid) {
        var gateway = new Gateway();
        gateway.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("edge")
                .withUid(uid)
                .build());
        return gateway;
    }

    private static Pod pod(String namespace, String dataPlane) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("proxy")
                .addToLabels("portico.dev/data-plane", dataPlane)
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("10.0.0.1")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }
}
