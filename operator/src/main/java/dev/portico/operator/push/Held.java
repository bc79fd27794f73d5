package dev.portico.operator.push;

import dev.portico.operator.compile.Table;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.Root;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of a table that another process pushed to a replica: enough to put other endpoints into it.
 *
 * @param endpoints by key; those that could not be read are not among them, and stay as they are
 */
record Held(Root root, Map<String, EncodedSection> endpoints) {
    Held {
        endpoints = Map.copyOf(endpoints);
    }

    /** With the endpoints that a table has for the same upstreams. */
    Held withEndpointsOf(Table table) {
        var changed = new HashMap<>(endpoints);
        var sum = root;
        for (EncodedSection before : endpoints.values()) {
            var after = table.section(before.key());
            if (after != null && !after.equals(before)) {
                changed.put(after.key(), after);
                sum = sum.minus(before.digest()).plus(after.digest());
            }
        }
        return new Held(sum, changed);
    }

    /** What turns {@code base} into this, which has the same upstreams. */
    List<EncodedSection> since(Held base) {
        return endpoints.values().stream()
                .filter(section -> !Objects.equals(base.endpoints.get(section.key()), section))
                .toList();
    }
}
