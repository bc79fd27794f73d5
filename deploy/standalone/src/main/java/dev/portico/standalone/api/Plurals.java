package dev.portico.standalone.api;

import dev.portico.crds.check.ReadKind;
import dev.portico.operator.model.ObjectRef;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import java.util.List;
import java.util.Locale;

/** Where objects are found in the API. */
final class Plurals {
    private Plurals() {}

    static List<CustomResourceDefinitionContext> customResources() {
        return ReadKind.all()
                .filter(kind -> kind.group().equals(ObjectRef.PORTICO))
                .map(Plurals::custom)
                .toList();
    }

    /** The path of an object. */
    static String path(ObjectRef ref) {
        return collection(ref) + "/" + ref.name();
    }

    /** The path below which objects of its kind and namespace are. */
    static String collection(ObjectRef ref) {
        var version =
                ReadKind.of(ref.group(), ref.kind()).map(ReadKind::apiVersion).orElse("v1");
        return (version.contains("/") ? "/apis/" : "/api/")
                + version
                + (ref.namespace().isEmpty() ? "" : "/namespaces/" + ref.namespace())
                + "/"
                + plural(ref.kind());
    }

    private static String plural(String kind) {
        var lower = kind.toLowerCase(Locale.ROOT);
        if (lower.endsWith("cy")) {
            return lower.substring(0, lower.length() - 1) + "ies";
        }
        return lower.endsWith("s") ? lower + "es" : lower + "s";
    }

    private static CustomResourceDefinitionContext custom(ReadKind kind) {
        return new CustomResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(kind.apiVersion().substring(kind.group().length() + 1))
                .withKind(kind.kind())
                .withPlural(plural(kind.kind()))
                .withName(plural(kind.kind()) + "." + kind.group())
                .withScope("Namespaced")
                .withStatusSubresource(true)
                .build();
    }
}
