package dev.portico.e2e.cluster;

import dev.portico.e2e.cases.Case;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What tells afterwards why a case failed: its objects but for Secrets, and what its pods and Portico's said. */
record Dump(KubernetesClient client, Case one) {
    private static final String PORTICO = "portico-system";
    private static final Map<String, List<String>> KINDS = Map.of(
            "v1", List.of("Pod", "Service", "Event"),
            "apps/v1", List.of("Deployment"),
            "discovery.k8s.io/v1", List.of("EndpointSlice"),
            "networking.k8s.io/v1", List.of("Ingress"),
            "portico.dev/v1alpha1", List.of("Gateway", "RateLimit", "BackendPolicy"));

    void write() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "cluster", one.name()));
        List<String> namespaces = one.objects().stream()
                .filter(object -> object.is("Namespace"))
                .map(object -> object.text("metadata", "name"))
                .toList();
        for (String namespace : namespaces) {
            objects(namespace, folder);
            logs(namespace, folder);
        }
        logs(PORTICO, folder);
    }

    private void objects(String namespace, Path folder) throws IOException {
        for (Map.Entry<String, List<String>> version : KINDS.entrySet()) {
            for (String kind : version.getValue()) {
                List<GenericKubernetesResource> found = client.genericKubernetesResources(version.getKey(), kind)
                        .inNamespace(namespace)
                        .list()
                        .getItems();
                Files.writeString(
                        folder.resolve(namespace + "-" + kind + ".yaml"),
                        client.getKubernetesSerialization().asYaml(found));
            }
        }
    }

    private void logs(String namespace, Path folder) throws IOException {
        for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
            Files.writeString(folder.resolve(namespace + "-" + pod.getMetadata().getName() + ".log"), log(pod));
        }
    }

    private String log(Pod pod) {
        try {
            return client.pods().resource(pod).getLog();
        } catch (KubernetesClientException e) {
            return "no log: " + e.getMessage();
        }
    }
}
