package dev.portico.routetable;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All sections of a data plane, by key. */
public record RouteTable(Map<String, Section> sections) {
    public static final RouteTable EMPTY = new RouteTable(Map.of());

    public RouteTable {
        sections = Collections.unmodifiableMap(new TreeMap<>(sections));
    }

    public static RouteTable of(Collection<? extends Section> sections) {
        var byKey = new TreeMap<String, Section>();
        for (Section section : sections) {
            if (byKey.put(section.key(), section) != null) {
                throw new IllegalArgumentException("section " + section.key() + " is there twice, expected once");
            }
        }
        return new RouteTable(byKey);
    }

    public <S extends Section> Stream<S> all(Class<S> kind) {
        return sections.values().stream().filter(kind::isInstance).map(kind::cast);
    }
}
