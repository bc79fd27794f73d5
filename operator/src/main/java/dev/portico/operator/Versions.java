package dev.portico.operator;

import dev.portico.operator.compile.Table;
import dev.portico.operator.push.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Numbers the tables of each data plane: another table, another version; never the same number twice. */
final class Versions {
    private final Map<String, Numbered> newest = new HashMap<>();
    private long last;

    /**
     * @param dataPlanes those that have replicas but maybe no table any more
     * @param keep whether those keep the table that they have, because what they served may only be unreadable
     */
    void number(Map<String, Table> tables, Set<String> dataPlanes, boolean keep) {
        tables.forEach(this::number);
        if (keep) {
            return;
        }
        for (String dataPlane : dataPlanes) {
            if (!tables.containsKey(dataPlane)) {
                number(dataPlane, Table.EMPTY);
            }
        }
        newest.keySet().removeIf(dataPlane -> !tables.containsKey(dataPlane) && !dataPlanes.contains(dataPlane));
    }

    Map<String, Target> targets(long term) {
        var targets = new HashMap<String, Target>();
        newest.forEach((dataPlane, table) -> targets.put(dataPlane, new Target(term, table.version(), table.table())));
        return targets;
    }

    Map<String, Long> versions() {
        var versions = new HashMap<String, Long>();
        newest.forEach((dataPlane, table) -> versions.put(dataPlane, table.version()));
        return versions;
    }

    private void number(String dataPlane, Table table) {
        var before = newest.get(dataPlane);
        if (before == null || !before.table().root().equals(table.root())) {
            newest.put(dataPlane, new Numbered(++last, table));
        }
    }

    private record Numbered(long version, Table table) {}
}
