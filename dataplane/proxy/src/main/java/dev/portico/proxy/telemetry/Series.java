package dev.portico.proxy.telemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The values of a label, bounded: what comes when it is full is counted under {@link #OTHER}. */
final class Series {
    static final String OTHER = "other";

    private final int limit;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    Series(int limit) {
        this.limit = limit;
    }

    String admit(String name) {
        if (names.contains(name)) {
            return name;
        }
        // Loops may meet here and pass the limit by as many as there are.
        if (names.size() >= limit) {
            return OTHER;
        }
        names.add(name);
        return name;
    }
}
