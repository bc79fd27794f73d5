package dev.portico.operator.push;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Doubling waits, each with jitter so that pods that failed together are not asked together. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(100);
    /** No more than this does a pod wait for its table once it listens; to be refused costs both next to nothing. */
    private static final Duration LAST = Duration.ofMillis(500);

    private Duration next = FIRST;

    Duration next() {
        var wait = next;
        next = wait.multipliedBy(2).compareTo(LAST) < 0 ? wait.multipliedBy(2) : LAST;
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(wait.toNanos() / 2, wait.toNanos() + 1));
    }

    void reset() {
        next = FIRST;
    }
}
