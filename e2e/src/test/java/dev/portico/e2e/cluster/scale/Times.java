package dev.portico.e2e.cluster.scale;

import java.time.Duration;
import java.util.List;

/** How long the same thing took again and again. */
record Times(List<Duration> sorted) {
    static Times of(List<Duration> times) {
        return new Times(times.stream().sorted().toList());
    }

    /** By nearest rank, in milliseconds: as many took no longer. */
    double percentile(int percent) {
        int rank = Math.ceilDiv(sorted.size() * percent, 100);
        return sorted.get(rank - 1).toNanos() / 1e6;
    }
}
