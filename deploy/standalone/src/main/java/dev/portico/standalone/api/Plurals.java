package dev.portico.standalone.api;

import dev.portico.operator.model.ObjectRef;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import java.util.List;

/** Where objects are found in the API. */
final class Plurals {
    private static final String VERSION = "v1alpha1";

    private Plurals() {}

    static List<CustomResourceDefinitionContext> customResources() {
        return List.of(custom("Gateway"), custom("RateLimit"));
    }

    /** The path of an object. */
    static String path(ObjectRef ref) {
        return collection(ref) + "/" + ref.name();
    }

    /** The path below which objects of its kind and namespace are. */
    static String collection(ObjectRef ref) {
        var group = ref.group().isEmpty() ? "/api/v1" : "/apis/" + ref.group() + "/" + version(ref.group());
        return group + (ref.namespace().isEmpty() ? "" : "/namespaces/" + ref.namespace()) + "/" + plural(ref.kind());
    }

    private static String plural(String kind) {
        var lower = kind.toLowerCase(java.util.Locale.ROOT);
        return lower.endsWith("s") ? lower + "es" : lower + "s";
    }

    private static String version(String group) {
        return group.equals(ObjectRef.PORTICO) ? VERSION : "v1";
    }

    private static CustomResourceDefinitionContext custom(String kind) {
        return new CustomResourceDefinitionContext.Builder()
                .withGroup(ObjectRef.PORTICO)
                .withVersion(VERSION)
                .withKind(kind)
                .withPlural(plural(kind))
                .withName(plural(kind) + "." + ObjectRef.PORTICO)
                .withScope("Namespaced")
                .withStatusSubresource(true)
                .build();
    }
}
