package dev.portico.crds;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in a record for a field that the user left out. */
public final class Absent {
    private Absent() {}

    /** The value, or the default that the schema names for it. */
    public static <T> T or(@Nullable T value, T byDefault) {
        return value == null ? byDefault : value;
    }

    /** The list, or the empty one. */
    public static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** The map, or the empty one. */
    public static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : Map.copyOf(map);
    }
}
