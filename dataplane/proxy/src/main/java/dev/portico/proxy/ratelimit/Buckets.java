package dev.portico.proxy.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The buckets of one limit, by key, and how often it was hit. A bucket is one number, the time at which it will be full
 * again (the "theoretical arrival time" of GCRA), so that editing the numbers of a limit keeps what was used.
 */
public final class Buckets {
    public static final int MAX_KEYS = 100_000;

    private final Cache<String, AtomicLong> fullAt;
    private final LongAdder refused = new LongAdder();
    private final LongAdder shadowed = new LongAdder();

    public Buckets(LongSupplier nanoTime) {
        fullAt = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .executor(Runnable::run)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /** How often a request was refused. */
    public long refused() {
        return refused.sum();
    }

    /** How often a request would have been refused by a limit that only watches. */
    public long shadowed() {
        return shadowed.sum();
    }

    /** How many keys are remembered, about. */
    public long keys() {
        return fullAt.estimatedSize();
    }

    void countRefused() {
        refused.increment();
    }

    void countShadowed() {
        shadowed.increment();
    }

    Taken take(String key, Rate rate, long now) {
        AtomicLong bucket = fullAt.get(key, _ -> new AtomicLong(now));
        while (true) {
            long before = bucket.get();
            Taken taken = rate.take(before, now);
            if (!taken.passes() || bucket.compareAndSet(before, taken.fullAt())) {
                return taken;
            }
        }
    }
}
