package dev.portico.proxy.match;

import dev.portico.routetable.HostPattern;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What answers for a host name: exact, then wildcards of one label, then wildcards with the longest suffix, then any.
 * Immutable; a change copies the maps it touches, which for 10,000 names is a fraction of a millisecond.
 *
 * @param <V> what a pattern stands for
 */
public final class Hosts<V> {
    private final Map<HostPattern.Kind, Map<String, V>> byKind;
    private final Map<String, V> exact;
    private final Map<String, V> oneLabel;
    private final Map<String, V> labels;
    private final @Nullable V any;

    private Hosts(Map<HostPattern.Kind, Map<String, V>> byKind) {
        this.byKind = byKind;
        this.exact = byKind.getOrDefault(HostPattern.Kind.EXACT, Map.of());
        this.oneLabel = byKind.getOrDefault(HostPattern.Kind.ONE_LABEL, Map.of());
        this.labels = byKind.getOrDefault(HostPattern.Kind.LABELS, Map.of());
        this.any = byKind.getOrDefault(HostPattern.Kind.ANY, Map.of()).get("");
    }

    public static <V> Hosts<V> none() {
        return new Hosts<>(new EnumMap<>(HostPattern.Kind.class));
    }

    /** These hosts with the changes; null removes. */
    public Hosts<V> with(Map<HostPattern, @Nullable V> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        var copies = new EnumMap<HostPattern.Kind, Map<String, V>>(HostPattern.Kind.class);
        changes.forEach((pattern, value) -> {
            Map<String, V> copy =
                    copies.computeIfAbsent(pattern.kind(), kind -> copy(byKind.getOrDefault(kind, Map.of())));
            if (value == null) {
                copy.remove(pattern.name());
            } else {
                copy.put(pattern.name(), value);
            }
        });
        var changed = new EnumMap<HostPattern.Kind, Map<String, V>>(HostPattern.Kind.class);
        changed.putAll(byKind);
        changed.putAll(copies);
        return new Hosts<>(changed);
    }

    /** A quarter full, so that few names share a place: one that does costs a look-up two more lines of the cache. */
    private static <V> Map<String, V> copy(Map<String, V> map) {
        var copy = new HashMap<String, V>(map.size() * 4, 0.25f);
        copy.putAll(map);
        return copy;
    }

    /** What answers for a name in lower case, without port and trailing dot; null asks for who named none. */
    public @Nullable V find(@Nullable String host) {
        if (host == null) {
            return any;
        }
        V found = exact.get(host);
        if (found == null) {
            found = wildcard(host);
        }
        return found == null ? any : found;
    }

    private @Nullable V wildcard(String host) {
        if (oneLabel.isEmpty() && labels.isEmpty()) {
            return null;
        }
        int dot = host.indexOf('.');
        if (dot <= 0) {
            return null;
        }
        String suffix = host.substring(dot + 1);
        V found = oneLabel.get(suffix);
        while (found == null && !labels.isEmpty()) {
            found = labels.get(suffix);
            dot = suffix.indexOf('.');
            if (dot < 0) {
                break;
            }
            suffix = suffix.substring(dot + 1);
        }
        return found;
    }

    public boolean isEmpty() {
        return byKind.values().stream().allMatch(Map::isEmpty);
    }
}
