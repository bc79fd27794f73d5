package dev.portico.crds.check;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is allowed at one place of an object.
 *
 * @param properties the fields of an object; every other one is unknown unless {@code additional} is given
 * @param additional the values of an object that is a map
 * @param keys the keys of a list that is a map, or empty
 * @param ruled whether there are rules here or anywhere below
 */
record Schema(
        Type type,
        Map<String, Schema> properties,
        @Nullable Schema additional,
        @Nullable Schema items,
        List<String> required,
        List<String> values,
        Bounds bounds,
        @Nullable Object byDefault,
        List<String> keys,
        boolean set,
        List<Rule> rules,
        boolean ruled) {

    /** The type of a value. */
    enum Type {
        OBJECT,
        ARRAY,
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        INT_OR_STRING,
        ANY;

        String words() {
            return this == INT_OR_STRING ? "integer or string" : name().toLowerCase(java.util.Locale.ROOT);
        }

        boolean covers(@Nullable Object value) {
            return switch (this) {
                case OBJECT -> value instanceof Map;
                case ARRAY -> value instanceof List;
                case STRING -> value instanceof String;
                case INTEGER -> value instanceof Long;
                case NUMBER -> value instanceof Long || value instanceof Double;
                case BOOLEAN -> value instanceof Boolean;
                case INT_OR_STRING -> value instanceof Long || value instanceof String;
                case ANY -> true;
            };
        }
    }

    /** Bounds of numbers, lengths of texts, sizes of lists and maps. */
    record Bounds(
            @Nullable Double minimum,
            @Nullable Double maximum,
            @Nullable Long minLength,
            @Nullable Long maxLength,
            @Nullable Long minItems,
            @Nullable Long maxItems,
            @Nullable Long maxProperties,
            @Nullable Pattern pattern) {
        static final Bounds NONE = new Bounds(null, null, null, null, null, null, null, null);
    }

    static Schema of(Type type) {
        return new Schema(
                type,
                Map.of(),
                null,
                null,
                List.of(),
                List.of(),
                Bounds.NONE,
                null,
                List.of(),
                false,
                List.of(),
                false);
    }

    static Schema object(Map<String, Schema> properties) {
        return of(Type.OBJECT).with(properties);
    }

    static Schema mapOf(Schema additional) {
        return new Schema(
                Type.OBJECT,
                Map.of(),
                additional,
                null,
                List.of(),
                List.of(),
                Bounds.NONE,
                null,
                List.of(),
                false,
                List.of(),
                false);
    }

    static Schema listOf(Schema items) {
        return new Schema(
                Type.ARRAY,
                Map.of(),
                null,
                items,
                List.of(),
                List.of(),
                Bounds.NONE,
                null,
                List.of(),
                false,
                List.of(),
                false);
    }

    /** The same with other fields. */
    Schema with(Map<String, Schema> fields) {
        return new Schema(
                type, fields, additional, items, required, values, bounds, byDefault, keys, set, rules, ruled);
    }
}
