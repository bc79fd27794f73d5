package dev.portico.proxy.match;

import dev.portico.proxy.pipeline.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * A route whose path condition is known to hold where it stands.
 *
 * @param next the one to try if its conditions do not hold: of the same path, else of the next shorter one that covers it
 */
record Candidate<T>(
        Conditions conditions, T route, @Nullable Candidate<T> next) {
    /** The route of the first one whose conditions hold, or null. */
    static <T> @Nullable T first(@Nullable Candidate<T> mostSpecific, RequestHead head) {
        for (Candidate<T> candidate = mostSpecific; candidate != null; candidate = candidate.next) {
            if (candidate.conditions.test(head)) {
                return candidate.route;
            }
        }
        return null;
    }

    /** A candidate that has no place yet. */
    record Ranked<T>(Summary summary, Conditions conditions, T route) implements Comparable<Ranked<T>> {
        @Override
        public int compareTo(Ranked<T> other) {
            return summary.compareTo(other.summary);
        }
    }
}
