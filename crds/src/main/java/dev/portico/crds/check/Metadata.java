package dev.portico.crds.check;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The checks of {@code metadata} that all kinds share. */
final class Metadata {
    private static final long ANNOTATIONS = 256 * 1024;

    private Metadata() {}

    static void check(
            Map<String, @Nullable Object> object, Function<String, @Nullable String> names, Findings findings) {
        Map<String, @Nullable Object> metadata = Types.map(object, "metadata");
        String name = Types.text(metadata, "name");
        if (name == null || name.isEmpty()) {
            findings.required("metadata.name", "name or generateName is required");
        } else {
            wrong("metadata.name", name, names.apply(name), findings);
        }
        String namespace = Types.text(metadata, "namespace");
        if (namespace != null && !namespace.isEmpty()) {
            wrong("metadata.namespace", namespace, Names.label(namespace), findings);
        }
        Types.map(metadata, "labels").forEach((key, value) -> {
            wrong("metadata.labels", key, Names.key(key), findings);
            if (value instanceof String text) {
                wrong("metadata.labels", text, Names.labelValue(text), findings);
            }
        });
        annotations(Types.map(metadata, "annotations"), findings);
    }

    private static void annotations(Map<String, @Nullable Object> annotations, Findings findings) {
        long bytes = 0;
        for (var entry : annotations.entrySet()) {
            String key = entry.getKey();
            wrong("metadata.annotations", key, Names.key(key.toLowerCase(Locale.ROOT)), findings);
            bytes += key.length();
            if (entry.getValue() instanceof String text) {
                bytes += text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        if (bytes > ANNOTATIONS) {
            findings.tooLong("metadata.annotations", ANNOTATIONS);
        }
    }

    private static void wrong(String field, String value, @Nullable String why, Findings findings) {
        if (why != null) {
            findings.invalid(field, value, why);
        }
    }
}
