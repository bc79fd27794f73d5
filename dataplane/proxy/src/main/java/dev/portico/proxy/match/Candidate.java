package dev.portico.proxy.match;

import org.jspecify.annotations.Nullable;

/**
 * A route whose path condition is known to hold where it stands.
 *
 * @param path where it stands
 * @param hash the path's, which tells most other paths apart without a look at them
 * @param next the one to try if its conditions do not hold: of the same path, else of the next shorter one that covers it
 */
record Candidate<T>(
        String path,
        int hash,
        Conditions conditions,
        T route,
        @Nullable Candidate<T> next) {
    /** A candidate that has no place yet. */
    record Ranked<T>(Summary summary, Conditions conditions, T route) implements Comparable<Ranked<T>> {
        @Override
        public int compareTo(Ranked<T> other) {
            return summary.compareTo(other.summary);
        }
    }
}
