package dev.portico.proxy.ratelimit;

import dev.portico.routetable.RateLimit.TokenBucket;

/**
 * The arithmetic of a token bucket in nanoseconds.
 *
 * @param interval in which one token is regained
 * @param depth in which an empty bucket becomes full
 */
record Rate(long interval, long depth) {
    /** Far from overflow when a clock reading is added. */
    private static final long LONGEST = Long.MAX_VALUE / 4;

    static Rate of(TokenBucket bucket) {
        long interval = Math.max(1, bucket.per().toNanos() / bucket.count());
        // A bucket that never holds a whole token would let nothing pass.
        long tokens = Math.max(1, bucket.burst());
        return new Rate(interval, interval > LONGEST / tokens ? LONGEST : interval * tokens);
    }

    Taken take(long fullAt, long now) {
        long missing = Math.max(0, fullAt - now);
        long wanted = missing + interval;
        return wanted <= depth
                ? new Taken(true, now + wanted, (depth - wanted) / interval, 0, wanted)
                : new Taken(false, fullAt, 0, wanted - depth, missing);
    }
}
