package dev.portico.proxy.telemetry;

import java.util.concurrent.atomic.AtomicLongArray;

/** Durations by bucket, counted by one thread. */
final class Histogram {
    /** Upper bounds in seconds; the last bucket has none. */
    static final double[] BOUNDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
    };

    private static final long[] NANOS = nanos();

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.length + 1);
    private final Counter sum = new Counter();

    void record(long nanos) {
        int bucket = 0;
        while (bucket < NANOS.length && nanos > NANOS[bucket]) {
            bucket++;
        }
        counts.setOpaque(bucket, counts.getPlain(bucket) + 1);
        sum.add(nanos);
    }

    /** Adds what was counted here. */
    void addTo(Total total) {
        for (int i = 0; i < total.counts.length; i++) {
            total.counts[i] += counts.getOpaque(i);
        }
        total.sumNanos += sum.get();
    }

    private static long[] nanos() {
        var nanos = new long[BOUNDS.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = Math.round(BOUNDS[i] * 1e9);
        }
        return nanos;
    }

    /** Of several histograms. */
    static final class Total {
        final long[] counts = new long[BOUNDS.length + 1];
        long sumNanos;
    }
}
