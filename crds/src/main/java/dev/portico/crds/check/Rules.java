package dev.portico.crds.check;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the rules of a schema about a value that has the right types. */
final class Rules {
    private Rules() {}

    static void ask(Schema schema, String field, @Nullable Object value, Findings findings) {
        if (!schema.ruled() || value == null) {
            return;
        }
        for (Rule rule : schema.rules()) {
            String breach = rule.breach(value);
            if (breach != null) {
                findings.invalid(field + rule.fieldPath(), value, breach);
            }
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, item) -> {
                Schema below = schema.properties().getOrDefault(String.valueOf(name), schema.additional());
                if (below != null) {
                    ask(below, field.isEmpty() ? String.valueOf(name) : field + "." + name, item, findings);
                }
            });
        } else if (value instanceof List<?> list && schema.items() != null) {
            for (int i = 0; i < list.size(); i++) {
                ask(schema.items(), field + "[" + i + "]", list.get(i), findings);
            }
        }
    }
}
