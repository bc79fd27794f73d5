package dev.portico.crds.check;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of a tree: String, Long, Double, Boolean, null, and Map and List of these. */
final class Types {
    private Types() {}

    /** A copy that may be changed and has only these types, whatever parser made the tree. */
    static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy(map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            for (Object item : list) {
                copy.add(copy(item));
            }
            return copy;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger || value instanceof BigDecimal || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        if (value == null
                || value instanceof String
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean) {
            return value;
        }
        // Timestamps that a YAML parser recognised by itself.
        return value.toString();
    }

    static Map<String, @Nullable Object> copy(Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, item) -> copy.put(String.valueOf(key), copy(item)));
        return copy;
    }

    static String nameOf(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Map) {
            return "object";
        }
        if (value instanceof List) {
            return "array";
        }
        if (value instanceof Long) {
            return "integer";
        }
        if (value instanceof Double) {
            return "number";
        }
        return value instanceof Boolean ? "boolean" : "string";
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> map(Object value) {
        return (Map<String, @Nullable Object>) value;
    }

    /** The map at a field, or an empty one: what is wrong about it was found before. */
    static Map<String, @Nullable Object> map(Map<String, @Nullable Object> parent, String field) {
        return parent.get(field) instanceof Map<?, ?> map ? map(map) : Map.of();
    }

    static List<?> list(Map<String, @Nullable Object> parent, String field) {
        return parent.get(field) instanceof List<?> list ? list : List.of();
    }

    static @Nullable String text(Map<String, @Nullable Object> parent, String field) {
        return parent.get(field) instanceof String text ? text : null;
    }
}
