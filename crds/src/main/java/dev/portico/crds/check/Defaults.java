package dev.portico.crds.check;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills in the defaults of a schema, in place, from the outside inwards. */
final class Defaults {
    private Defaults() {}

    static void fill(Schema schema, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            fill(schema, Types.map(map));
        } else if (value instanceof List<?> list && schema.items() != null) {
            for (Object item : list) {
                fill(schema.items(), item);
            }
        }
    }

    private static void fill(Schema schema, Map<String, @Nullable Object> map) {
        schema.properties().forEach((name, below) -> {
            // A null for a field with a default counts as absent.
            if (below.byDefault() != null && map.get(name) == null) {
                map.put(name, Types.copy(below.byDefault()));
            }
            fill(below, map.get(name));
        });
        if (schema.additional() != null) {
            for (Object below : map.values()) {
                fill(schema.additional(), below);
            }
        }
    }
}
