package dev.portico.operator.compile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables of all data planes, of which every section has one producer. */
final class Tables {
    private final Map<Object, List<Placed>> byProducer = new HashMap<>();
    private final Map<Key, Table.Entry> puts = new HashMap<>();
    private final Set<Key> removals = new HashSet<>();
    private Map<String, Table> tables = Map.of();

    /** What a producer has in the tables from now on; nothing else. */
    @SuppressWarnings("ReferenceEquality") // of two equal sections only the producer's own is its to withdraw
    void set(Object producer, List<Placed> sections) {
        var before = sections.isEmpty() ? byProducer.remove(producer) : byProducer.put(producer, sections);
        if (sections.equals(before)) {
            return;
        }
        if (before != null) {
            before.forEach(placed -> {
                var key = key(placed);
                // Another producer may have put it already: a host that moves between Gateways, say.
                if (puts.get(key) == null || puts.get(key) == placed.entry()) {
                    puts.remove(key);
                    removals.add(key);
                }
            });
        }
        sections.forEach(placed -> puts.put(key(placed), placed.entry()));
    }

    /** The tables with all that was set, one for each of these data planes. */
    Map<String, Table> flush(Set<String> dataPlanes) {
        var changes = new HashMap<String, Map<String, Table.@Nullable Entry>>();
        removals.forEach(key ->
                changes.computeIfAbsent(key.dataPlane(), _ -> new HashMap<>()).put(key.section(), null));
        puts.forEach((key, entry) ->
                changes.computeIfAbsent(key.dataPlane(), _ -> new HashMap<>()).put(key.section(), entry));
        puts.clear();
        removals.clear();
        var next = new HashMap<String, Table>();
        for (String dataPlane : dataPlanes) {
            next.put(
                    dataPlane,
                    tables.getOrDefault(dataPlane, Table.EMPTY).with(changes.getOrDefault(dataPlane, Map.of())));
        }
        tables = Map.copyOf(next);
        return tables;
    }

    private static Key key(Placed placed) {
        return new Key(placed.dataPlane(), placed.entry().encoded().key());
    }

    private record Key(String dataPlane, String section) {}
}
