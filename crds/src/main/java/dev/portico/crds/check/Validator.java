package dev.portico.crds.check;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a value against a schema: unknown fields, types, bounds, required fields and lists without duplicates. */
final class Validator {
    private final Findings findings;

    Validator(Findings findings) {
        this.findings = findings;
    }

    void check(Schema schema, String field, @Nullable Object value) {
        if (!schema.type().covers(value)) {
            findings.wrongType(field, value, schema.type().words());
        } else if (value instanceof Map<?, ?> map) {
            object(schema, field, Types.map(map));
        } else if (value instanceof List<?> list) {
            array(schema, field, list);
        } else if (value instanceof String text) {
            text(schema, field, text);
        } else if (value instanceof Number number) {
            number(schema, field, number);
        }
    }

    private void object(Schema schema, String field, Map<String, @Nullable Object> map) {
        for (String name : schema.required()) {
            if (!map.containsKey(name)) {
                findings.required(below(field, name));
            }
        }
        Long most = schema.bounds().maxProperties();
        if (most != null && map.size() > most) {
            findings.tooMany(field, map.size(), most);
        }
        map.forEach((name, value) -> {
            Schema below = schema.properties().getOrDefault(name, schema.additional());
            if (below != null) {
                check(below, below(field, name), value);
            } else if (schema.type() != Schema.Type.ANY) {
                findings.unknownField(below(field, name));
            }
        });
    }

    private static String below(String field, String name) {
        return field.isEmpty() ? name : field + "." + name;
    }

    private void array(Schema schema, String field, List<?> list) {
        Schema.Bounds bounds = schema.bounds();
        if (bounds.maxItems() != null && list.size() > bounds.maxItems()) {
            findings.tooMany(field, list.size(), bounds.maxItems());
        }
        if (bounds.minItems() != null && list.size() < bounds.minItems()) {
            findings.outOfBounds(field, list.size(), "should have at least " + bounds.minItems() + " items");
        }
        Set<@Nullable Object> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            Object item = list.get(i);
            String at = field + "[" + i + "]";
            if (schema.items() != null) {
                check(schema.items(), at, item);
            }
            if (schema.set() && item != null && !seen.add(item)) {
                findings.duplicate(at, item);
            } else if (!schema.keys().isEmpty() && item instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> keys = keys(schema.keys(), map);
                if (!seen.add(keys)) {
                    findings.duplicate(at, keys);
                }
            }
        }
    }

    private static Map<String, @Nullable Object> keys(List<String> names, Map<?, ?> item) {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        names.forEach(name -> keys.put(name, item.get(name)));
        return keys;
    }

    private void text(Schema schema, String field, String text) {
        Schema.Bounds bounds = schema.bounds();
        int length = text.codePointCount(0, text.length());
        if (bounds.maxLength() != null && length > bounds.maxLength()) {
            findings.tooLong(field, bounds.maxLength());
        }
        if (bounds.minLength() != null && length < bounds.minLength()) {
            findings.outOfBounds(field, text, "should be at least " + bounds.minLength() + " chars long");
        }
        if (bounds.pattern() != null && !bounds.pattern().matcher(text).find()) {
            findings.outOfBounds(field, text, "should match '" + bounds.pattern() + "'");
        }
        if (!schema.values().isEmpty() && !schema.values().contains(text)) {
            findings.unsupported(field, text, schema.values());
        }
    }

    private void number(Schema schema, String field, Number number) {
        Schema.Bounds bounds = schema.bounds();
        if (bounds.minimum() != null && number.doubleValue() < bounds.minimum()) {
            findings.outOfBounds(field, number, "should be greater than or equal to " + shown(bounds.minimum()));
        }
        if (bounds.maximum() != null && number.doubleValue() > bounds.maximum()) {
            findings.outOfBounds(field, number, "should be less than or equal to " + shown(bounds.maximum()));
        }
    }

    private static String shown(double bound) {
        return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
    }
}
