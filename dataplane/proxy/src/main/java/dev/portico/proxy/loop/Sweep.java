package dev.portico.proxy.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at everything on an event loop that has a deadline, ten times a second: adding and removing costs a few
 * nanoseconds, where a timer per request costs a microsecond.
 */
public final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final long EVERY_MILLIS = 100;

    private final Executor loop;
    private final List<Timed> timed = new ArrayList<>();
    private final AtomicBoolean due = new AtomicBoolean();

    /** @param clock another thread: a loop with a deadline of its own sets a timer of the kernel whenever it waits */
    public Sweep(Executor loop, ScheduledExecutorService clock) {
        this.loop = loop;
        var _ = clock.scheduleWithFixedDelay(this::tick, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A loop that is late is not told twice. */
    private void tick() {
        if (due.compareAndSet(false, true)) {
            loop.execute(this::sweep);
        }
    }

    public void add(Timed what) {
        if (what.place < 0) {
            what.place = timed.size();
            timed.add(what);
        }
    }

    /** Removes it; without effect where it is not there. */
    public void remove(Timed what) {
        int place = what.place;
        if (place < 0) {
            return;
        }
        Timed last = timed.removeLast();
        if (place < timed.size()) {
            timed.set(place, last);
            last.place = place;
        }
        what.place = -1;
    }

    /** From the end, because a check may remove itself or others and the last one then takes the free place. */
    private void sweep() {
        due.set(false);
        long now = System.nanoTime();
        for (int i = timed.size() - 1; i >= 0; i--) {
            if (i < timed.size()) {
                check(timed.get(i), now);
            }
        }
    }

    /** A check that fails is a mistake of ours and must not take the deadlines of everything else with it. */
    private static void check(Timed what, long now) {
        try {
            what.check(now);
        } catch (RuntimeException e) {
            LOG.error("A deadline was not kept by {}", what, e);
        }
    }
}
