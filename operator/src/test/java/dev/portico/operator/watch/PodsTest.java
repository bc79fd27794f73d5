package dev.portico.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.crds.gateway.Gateway;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.push.Replica;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PodsTest {
    @Test
    void aPodThatLeavesIsPushedToAndNotWaitedFor() {
        var leaving = new PodBuilder(pod("shop", "edge-uid"))
                .editMetadata()
                .withDeletionTimestamp("2026-11-26T09:00:00Z")
                .endMetadata()
                .build();
        assertThat(Pods.replicas(empty().with(pod("shop", "edge-uid")))).allMatch(Replica::ready);
        assertThat(Pods.replicas(empty().with(leaving))).singleElement().matches(replica -> !replica.ready());
    }

    @Test
    void aPodInAnotherNamespaceThanItsGatewayIsNoReplica() {
        var state = empty().with(gateway("shop", "edge-uid"));
        assertThat(Pods.replicas(state.with(pod("shop", "edge-uid")))).hasSize(1);
        assertThat(Pods.replicas(state.with(pod("evil", "edge-uid")))).isEmpty();
        assertThat(Pods.replicas(state.with(pod("portico-system", "standalone"))))
                .hasSize(1);
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
