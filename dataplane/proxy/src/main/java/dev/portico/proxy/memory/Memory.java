package dev.portico.proxy.memory;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How short memory is, as of a moment ago. To ask costs one read. */
public final class Memory {
    private static final Logger LOG = LoggerFactory.getLogger(Memory.class);
    private static final long EVERY_MILLIS = 20;

    private final DoubleSupplier use;
    private volatile Level level = Level.PLENTY;
    /** Whether the last look of the watch failed, which was logged then. */
    private boolean blind;

    /** @param use which share of what there is is used, 0 to 1 */
    public Memory(DoubleSupplier use) {
        this.use = use;
    }

    /** Looks fifty times a second, on a thread of its own: a loop that is busy, or waits for a collection, must not stop it. */
    public ScheduledExecutorService watch() {
        var thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("memory").daemon().factory());
        var _ = thread.scheduleWithFixedDelay(this::lookAgain, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return thread;
    }

    /** A look that fails must not be the last one: the level would stay as it is for ever. */
    private void lookAgain() {
        try {
            look();
            blind = false;
        } catch (RuntimeException e) {
            if (!blind) {
                LOG.error("Memory cannot be measured: {} stays until it can", level, e);
            }
            blind = true;
        }
    }

    /** Looks now. */
    public void look() {
        double used = use.getAsDouble();
        Level next = level.next(used);
        if (next != level) {
            LOG.warn("memory: {} after {}, {} % are used", next, level, Math.round(used * 100));
            level = next;
        }
    }

    public Level level() {
        return level;
    }

    /** Whether connections without a request must go. */
    public boolean sheds() {
        return level != Level.PLENTY;
    }

    /** Whether new requests must be refused. */
    public boolean refuses() {
        return level.compareTo(Level.REFUSE) >= 0;
    }

    /** Whether no connections may be accepted. */
    public boolean stops() {
        return level == Level.STOP;
    }
}
