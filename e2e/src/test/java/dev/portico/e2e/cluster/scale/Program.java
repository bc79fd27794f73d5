package dev.portico.e2e.cluster.scale;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * One of Portico's two programs, as the only pod of its Deployment.
 *
 * @param replicas how many pods it had when it was found
 * @param grace how long its pod is given to end
 */
record Program(KubernetesClient client, Deployment deployment, int replicas, Duration grace) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The one that these labels select, wherever it is. */
    static Program labelled(KubernetesClient client, Map<String, String> labels, Duration grace) {
        List<Deployment> found = client.apps()
                .deployments()
                .inAnyNamespace()
                .withLabels(labels)
                .list()
                .getItems();
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    "Deployments with " + labels + " are " + found.size() + ", expected one: install Portico first");
        }
        var deployment = found.getFirst();
        return new Program(client, deployment, deployment.getSpec().getReplicas(), grace);
    }

    /** Ends its pods; returns when they are gone. */
    void stop() {
        scale(0);
        pods().forEach(pod ->
                client.resource(pod).withGracePeriod(grace.toSeconds()).delete());
        Awaitility.await("end of " + deployment.getMetadata().getName())
                .atMost(PATIENCE)
                .until(() -> pods().isEmpty());
    }

    void start() {
        scale(1);
    }

    void restore() {
        scale(replicas);
    }

    Pod pod() {
        return pods().getFirst();
    }

    private void scale(int to) {
        client.resource(deployment).scale(to);
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace(deployment.getMetadata().getNamespace())
                .withLabelSelector(deployment.getSpec().getSelector())
                .list()
                .getItems();
    }
}
