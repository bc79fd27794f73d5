package dev.portico.crds.check;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the schema of a CRD; a word of the schema that the checker would not honour is refused. */
final class SchemaReader {
    private static final Set<String> WORDS = Set.of(
            "type",
            "description",
            "properties",
            "additionalProperties",
            "items",
            "required",
            "enum",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "maxProperties",
            "pattern",
            "default",
            "format",
            "anyOf",
            "x-kubernetes-int-or-string",
            "x-kubernetes-list-type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-validations");

    private final Rule.Compiler rules = new Rule.Compiler();

    Schema read(Map<String, @Nullable Object> tree) {
        for (String word : tree.keySet()) {
            if (!WORDS.contains(word)) {
                throw new IllegalStateException("schema has " + word + ", expected one of " + WORDS);
            }
        }
        Map<String, Schema> properties = new LinkedHashMap<>();
        Types.map(tree, "properties").forEach((name, below) -> properties.put(name, below(below)));
        @Nullable
        Schema additional = tree.containsKey("additionalProperties") ? below(tree.get("additionalProperties")) : null;
        @Nullable Schema items = tree.containsKey("items") ? below(tree.get("items")) : null;
        List<Rule> own = rules(tree);
        boolean ruled = !own.isEmpty()
                || properties.values().stream().anyMatch(Schema::ruled)
                || (additional != null && additional.ruled())
                || (items != null && items.ruled());
        return new Schema(
                type(tree),
                properties,
                additional,
                items,
                texts(tree, "required"),
                texts(tree, "enum"),
                bounds(tree),
                tree.get("default"),
                texts(tree, "x-kubernetes-list-map-keys"),
                "set".equals(tree.get("x-kubernetes-list-type")),
                own,
                ruled);
    }

    private Schema below(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return read(Types.map(map));
        }
        throw new IllegalStateException("schema is " + tree + ", expected an object");
    }

    private static Schema.Type type(Map<String, @Nullable Object> tree) {
        if (Boolean.TRUE.equals(tree.get("x-kubernetes-int-or-string"))) {
            return Schema.Type.INT_OR_STRING;
        }
        if (tree.containsKey("anyOf")) {
            throw new IllegalStateException("schema has anyOf, expected it only for an integer or string");
        }
        String type = Types.text(tree, "type");
        if (type == null) {
            throw new IllegalStateException("schema has no type: " + tree.keySet());
        }
        return Schema.Type.valueOf(type.toUpperCase(java.util.Locale.ROOT));
    }

    private static Schema.Bounds bounds(Map<String, @Nullable Object> tree) {
        String pattern = Types.text(tree, "pattern");
        return new Schema.Bounds(
                number(tree, "minimum"),
                number(tree, "maximum"),
                whole(tree, "minLength"),
                whole(tree, "maxLength"),
                whole(tree, "minItems"),
                whole(tree, "maxItems"),
                whole(tree, "maxProperties"),
                pattern == null ? null : Pattern.compile(pattern));
    }

    private static @Nullable Double number(Map<String, @Nullable Object> tree, String word) {
        return tree.get(word) instanceof Number number ? number.doubleValue() : null;
    }

    private static @Nullable Long whole(Map<String, @Nullable Object> tree, String word) {
        return tree.get(word) instanceof Number number ? number.longValue() : null;
    }

    private static List<String> texts(Map<String, @Nullable Object> tree, String word) {
        return Types.list(tree, word).stream().map(String::valueOf).toList();
    }

    private List<Rule> rules(Map<String, @Nullable Object> tree) {
        List<Rule> all = new ArrayList<>();
        for (Object each : Types.list(tree, "x-kubernetes-validations")) {
            Map<String, @Nullable Object> rule = Types.map(each);
            if (!Set.of("rule", "message", "fieldPath").containsAll(rule.keySet())
                    || !(rule.get("rule") instanceof String text)
                    || !(rule.get("message") instanceof String message)) {
                throw new IllegalStateException("rule is " + rule + ", expected rule, message and fieldPath");
            }
            all.add(rules.compile(text, message, String.valueOf(rule.getOrDefault("fieldPath", ""))));
        }
        return all;
    }
}
