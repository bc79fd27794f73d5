package dev.portico.operator.compile;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What several sources say about the same things, by thing; it remembers about which things something else is said.
 *
 * @param <S> who says it
 * @param <G> about what
 * @param <V> what is said
 */
final class Grouping<S, G, V> {
    private final Map<S, Map<G, V>> bySource = new HashMap<>();
    private final Map<G, Map<S, V>> byGroup = new HashMap<>();
    private Set<G> dirty = new HashSet<>();

    /** What a source says from now on; nothing else. */
    void set(S source, Map<G, V> values) {
        var before = values.isEmpty() ? bySource.remove(source) : bySource.put(source, values);
        if (before != null) {
            before.keySet().stream()
                    .filter(group -> !values.containsKey(group))
                    .forEach(group -> remove(source, group));
        }
        values.forEach((group, value) -> {
            var was = byGroup.computeIfAbsent(group, _ -> new HashMap<>(2)).put(source, value);
            if (!value.equals(was)) {
                dirty.add(group);
            }
        });
    }

    private void remove(S source, G group) {
        dirty.add(group);
        var sources = byGroup.get(group);
        if (sources != null && sources.remove(source) != null && sources.isEmpty()) {
            byGroup.remove(group);
        }
    }

    /** What is said about a thing; nothing where nobody speaks of it. */
    Collection<V> values(G group) {
        return byGroup.getOrDefault(group, Map.of()).values();
    }

    Set<S> sources(G group) {
        return byGroup.getOrDefault(group, Map.of()).keySet();
    }

    /** All things about which something is said. */
    Set<G> groups() {
        return byGroup.keySet();
    }

    void touch(G group) {
        dirty.add(group);
    }

    /** The things about which something else is said than when this was asked last. */
    Set<G> takeDirty() {
        var taken = dirty;
        dirty = new HashSet<>();
        return taken;
    }
}
