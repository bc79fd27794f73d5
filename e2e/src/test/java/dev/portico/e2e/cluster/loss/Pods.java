package dev.portico.e2e.cluster.loss;

import dev.portico.e2e.install.Command;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The pods of a Deployment, with as many containers each. */
record Pods(KubernetesClient client, String namespace, String deployment) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Replaces each, and waits until those that were are gone. */
    void restart() {
        Set<String> before = names();
        resource().rolling().restart();
        awaitOthersThan(before);
    }

    void awaitOthersThan(Set<String> before) {
        await("others are there", () -> {
            var both = new HashSet<>(names());
            both.retainAll(before);
            return both.isEmpty() && isComplete();
        });
    }

    void scale(int replicas) {
        resource().scale(replicas);
        awaitComplete();
    }

    /** Until there are as many as there should be, all of them ready, and no more. */
    void awaitComplete() {
        await("there", this::isComplete);
    }

    /** Until each is there with images of this registry. */
    void awaitImagesOf(String registry) {
        await(
                "of " + registry,
                () -> isComplete() && pods().stream().allMatch(pod -> image(pod).startsWith(registry + "/portico-")));
    }

    private static String image(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getImage();
    }

    private boolean isComplete() {
        Deployment now = resource().get();
        int wanted = now.getSpec().getReplicas();
        List<Pod> pods = pods();
        return pods.size() == wanted && pods.stream().allMatch(Pods::isReady);
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    Set<String> names() {
        return pods().stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
    }

    /** How often the container of each was started anew. */
    Map<String, Integer> restarts() {
        return pods().stream()
                .collect(Collectors.toMap(
                        pod -> pod.getMetadata().getName(), pod -> status(pod).getRestartCount()));
    }

    /** Ends the container of one by SIGKILL. */
    void kill(String name) throws IOException {
        Pod pod = pods().stream()
                .filter(each -> each.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is none of " + names()));
        Command.output("kill", status(pod).getContainerID());
    }

    /** The id of the only container. */
    String container() {
        return status(pods().getFirst()).getContainerID();
    }

    void awaitOtherContainerThan(String container) {
        await("started anew", () -> !container().equals(container));
    }

    private static ContainerStatus status(Pod pod) {
        return pod.getStatus().getContainerStatuses().getFirst();
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace(namespace)
                .withLabels(resource().get().getSpec().getSelector().getMatchLabels())
                .list()
                .getItems();
    }

    private RollableScalableResource<Deployment> resource() {
        return client.apps().deployments().inNamespace(namespace).withName(deployment);
    }

    private void await(String what, Callable<Boolean> condition) {
        Awaitility.await("pods of " + deployment + ": " + what)
                .pollInterval(Duration.ofMillis(200))
                .atMost(PATIENCE)
                .until(condition);
    }
}
