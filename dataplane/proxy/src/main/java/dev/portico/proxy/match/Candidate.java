package dev.portico.proxy.match;

/** A route whose path condition is known to hold where it stands. */
record Candidate<T>(Summary summary, Conditions conditions, T route) implements Comparable<Candidate<T>> {
    @Override
    public int compareTo(Candidate<T> other) {
        return summary.compareTo(other.summary);
    }
}
