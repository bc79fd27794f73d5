package dev.portico.operator.compile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who depends on what, to be asked the other way round.
 *
 * @param <S> who depends
 * @param <G> on what
 */
final class Index<S, G> {
    private final Map<S, Set<G>> bySource = new HashMap<>();
    private final Map<G, Set<S>> byGroup = new HashMap<>();

    /** On what a source depends from now on; on nothing else. */
    void set(S source, Set<G> groups) {
        var before = groups.isEmpty() ? bySource.remove(source) : bySource.put(source, groups);
        if (before != null) {
            before.stream().filter(group -> !groups.contains(group)).forEach(group -> remove(source, group));
        }
        groups.forEach(
                group -> byGroup.computeIfAbsent(group, _ -> new HashSet<>(2)).add(source));
    }

    private void remove(S source, G group) {
        var sources = byGroup.get(group);
        if (sources != null && sources.remove(source) && sources.isEmpty()) {
            byGroup.remove(group);
        }
    }

    Set<S> sources(G group) {
        return byGroup.getOrDefault(group, Set.of());
    }
}
