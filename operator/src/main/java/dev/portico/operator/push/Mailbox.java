package dev.portico.operator.push;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Room for one target: a newer one takes the place of one that was not fetched yet. */
final class Mailbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Target newest;
    private boolean fresh;
    private boolean closed;

    void offer(@Nullable Target target) {
        lock.lock();
        try {
            fresh = target != null && (fresh || !target.equals(newest));
            newest = target;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Has the newest target fetched once more. */
    void again() {
        lock.lock();
        try {
            fresh = newest != null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a target that was not fetched before; empty once closed. */
    Optional<Target> take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && !fresh) {
                changed.await();
            }
            fresh = false;
            return closed ? Optional.empty() : Optional.ofNullable(newest);
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long, and has the newest target fetched again, if there is still one. */
    void retryAfter(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            var nanos = pause.toNanos();
            while (!closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            fresh = newest != null;
        } finally {
            lock.unlock();
        }
    }
}
