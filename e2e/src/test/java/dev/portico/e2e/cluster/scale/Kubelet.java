package dev.portico.e2e.cluster.scale;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;

/** What the kubelet of a pod's node has measured of its container; the pod's status tells times by the second only. */
record Kubelet(KubernetesClient client) {
    /** It looks every 10 to 15 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofMillis(500);

    /** A line of the text format of Prometheus: a value, and when it was measured, which is now if it does not say. */
    private record Sample(double value, Instant taken) {
        static Sample of(String line) {
            String[] words = line.substring(line.lastIndexOf('}') + 1).strip().split(" ");
            return new Sample(
                    Double.parseDouble(words[0]),
                    words.length > 1 ? Instant.ofEpochMilli(Long.parseLong(words[1])) : Instant.now());
        }
    }

    Instant started(Pod pod) {
        double seconds =
                await(pod, "container_start_time_seconds", Instant.EPOCH).value();
        return Instant.ofEpochMilli(Math.round(seconds * 1_000));
    }

    /** Bytes that its container holds and that cannot be taken from it; measured after that. */
    long workingSet(Pod pod, Instant after) {
        return (long) await(pod, "container_memory_working_set_bytes", after).value();
    }

    private Sample await(Pod pod, String metric, Instant after) {
        return Awaitility.await(metric + " of " + pod.getMetadata().getName())
                .atMost(PATIENCE)
                .pollInterval(LOOK)
                .until(
                        () -> sample(pod, metric),
                        found -> found.isPresent() && found.get().taken().isAfter(after))
                .orElseThrow();
    }

    private Optional<Sample> sample(Pod pod, String metric) {
        String container = "%s{container=\"%s\",namespace=\"%s\",pod=\"%s\"}"
                .formatted(
                        metric,
                        pod.getSpec().getContainers().getFirst().getName(),
                        pod.getMetadata().getNamespace(),
                        pod.getMetadata().getName());
        return client.raw("/api/v1/nodes/" + pod.getSpec().getNodeName() + "/proxy/metrics/resource")
                .lines()
                .filter(line -> line.startsWith(container))
                .map(Sample::of)
                .findFirst();
    }
}
