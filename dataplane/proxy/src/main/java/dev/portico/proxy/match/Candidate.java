package dev.portico.proxy.match;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A route whose path condition is known to hold where it stands, and the one to try if its conditions do not. */
record Candidate<T>(
        Conditions conditions, T route, @Nullable Candidate<T> next) {
    /** The most specific first. */
    static <T> @Nullable Candidate<T> chain(List<Ranked<T>> candidates) {
        Candidate<T> first = null;
        for (Ranked<T> ranked : candidates.stream().sorted().toList().reversed()) {
            first = new Candidate<>(ranked.conditions, ranked.route, first);
        }
        return first;
    }

    /** A candidate that has no place yet. */
    record Ranked<T>(Summary summary, Conditions conditions, T route) implements Comparable<Ranked<T>> {
        @Override
        public int compareTo(Ranked<T> other) {
            return summary.compareTo(other.summary);
        }
    }
}
