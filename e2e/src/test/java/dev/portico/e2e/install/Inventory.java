package dev.portico.e2e.install;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The names of all objects of a cluster. */
final class Inventory {
    /** Events end by themselves, addresses with the Services that have them. */
    private static final Set<String> UNNAMED = Set.of("Event", "IPAddress");

    private Inventory() {}

    static Set<String> of(KubernetesClient client) {
        var names = new TreeSet<String>();
        versions(client)
                .flatMap(version -> client.getApiResources(version).getResources().stream()
                        .filter(kind -> kind.getVerbs().contains("list") && !UNNAMED.contains(kind.getKind()))
                        .flatMap(kind -> names(client, version, kind)))
                .forEach(names::add);
        return names;
    }

    private static Stream<String> versions(KubernetesClient client) {
        return Stream.concat(
                Stream.of("v1"),
                client.getApiGroups().getGroups().stream()
                        .map(group -> group.getPreferredVersion())
                        .map(GroupVersionForDiscovery::getGroupVersion));
    }

    private static Stream<String> names(KubernetesClient client, String version, APIResource kind) {
        var context = new ResourceDefinitionContext.Builder()
                .withGroup(version.contains("/") ? version.substring(0, version.indexOf('/')) : "")
                .withVersion(version.substring(version.indexOf('/') + 1))
                .withKind(kind.getKind())
                .withPlural(kind.getName())
                .withNamespaced(kind.getNamespaced())
                .build();
        return client.genericKubernetesResources(context).inAnyNamespace().list().getItems().stream()
                .map(object -> name(kind.getKind(), object));
    }

    private static String name(String kind, HasMetadata object) {
        var namespace = object.getMetadata().getNamespace();
        return kind + " " + (namespace == null ? "" : namespace + "/")
                + object.getMetadata().getName();
    }
}
