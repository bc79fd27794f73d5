package dev.portico.operator.compile;

import dev.portico.operator.model.Origin;
import dev.portico.operator.model.ShardedMap;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.RouteTable;
import dev.portico.routetable.Section;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.Root;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The table of a data plane, encoded; what it shares with another table is not compared again. */
public final class Table {
    public static final Table EMPTY = new Table(ShardedMap.empty(), Root.EMPTY);

    private final ShardedMap<String, Entry> entries;
    private final Root root;

    private Table(ShardedMap<String, Entry> entries, Root root) {
        this.entries = entries;
        this.root = root;
    }

    public Root root() {
        return root;
    }

    public int size() {
        return entries.size();
    }

    /** The objects that a section was made of, to be named when a data plane refuses it; none for an unknown key. */
    public List<Origin> origins(String key) {
        var entry = entries.get(key);
        return entry == null ? List.of() : entry.origins();
    }

    public @Nullable EncodedSection section(String key) {
        var entry = entries.get(key);
        return entry == null ? null : entry.encoded();
    }

    /** All sections, by key. */
    public List<EncodedSection> sections() {
        var byKey = new TreeMap<String, EncodedSection>();
        entries.forEach((key, entry) -> byKey.put(key, entry.encoded()));
        return List.copyOf(byKey.values());
    }

    public RouteTable decoded() {
        var byKey = new HashMap<String, Section>();
        entries.forEach((key, entry) -> byKey.put(key, entry.encoded().section()));
        return new RouteTable(byKey);
    }

    /** What turns {@code base} into this table. */
    public Delta since(Table base) {
        var put = new ArrayList<EncodedSection>();
        var remove = new ArrayList<String>();
        entries.changesSince(base.entries, (key, before, after) -> {
            if (after == null) {
                remove.add(key);
            } else if (before == null || !before.encoded().equals(after.encoded())) {
                put.add(after.encoded());
            }
        });
        return new Delta(put, remove);
    }

    /** Whether the two differ in endpoints at most: whoever cannot read the one cannot read the other. */
    public boolean sameButEndpoints(Table other) {
        var delta = since(other);
        return delta.put().stream().allMatch(section -> section.section() instanceof Endpoints)
                && delta.remove().stream().allMatch(key -> isEndpoints(other.entries.get(key)));
    }

    /** This table with the endpoints that the newer one has for the same upstreams. */
    public Table withEndpointsOf(Table newer) {
        var changes = new HashMap<String, Entry>();
        newer.entries.changesSince(entries, (key, before, after) -> {
            if (after != null && isEndpoints(before) && isEndpoints(after)) {
                changes.put(key, after);
            }
        });
        return with(changes);
    }

    private static boolean isEndpoints(@Nullable Entry entry) {
        return entry != null && entry.encoded().section() instanceof Endpoints;
    }

    /** This table with some sections put, and those of the keys that have none removed. */
    Table with(Map<String, ? extends @Nullable Entry> changes) {
        var changed = entries;
        var sum = root;
        for (Map.Entry<String, ? extends @Nullable Entry> change : changes.entrySet()) {
            var key = change.getKey();
            var before = entries.get(key);
            var after = change.getValue();
            if (before != null) {
                sum = sum.minus(before.encoded().digest());
            }
            if (after != null) {
                sum = sum.plus(after.encoded().digest());
            }
            changed = after == null ? changed.without(key) : changed.with(key, after);
        }
        return changed == entries ? this : new Table(changed, sum);
    }

    /** A section and what it was made of. */
    record Entry(EncodedSection encoded, List<Origin> origins) {
        Entry {
            origins = List.copyOf(origins);
        }

        static Entry of(Section section, List<Origin> origins) {
            return new Entry(EncodedSection.of(section), origins);
        }
    }

    /** Sections to put and keys to remove. */
    public record Delta(List<EncodedSection> put, List<String> remove) {
        public Delta {
            put = List.copyOf(put);
            remove = List.copyOf(remove);
        }

        public boolean isEmpty() {
            return put.isEmpty() && remove.isEmpty();
        }
    }
}
