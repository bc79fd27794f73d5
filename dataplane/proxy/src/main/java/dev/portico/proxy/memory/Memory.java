package dev.portico.proxy.memory;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How short memory is, as of a moment ago. To ask costs one read. */
public final class Memory {
    private static final Logger LOG = LoggerFactory.getLogger(Memory.class);
    private static final Duration OFTEN = Duration.ofMillis(20);
    /** A thread that wakes up is most of what a look costs, and an idle process should cost nothing. */
    private static final Duration SELDOM = Duration.ofMillis(100);
    /** Below it, what is left leaves time enough to notice. */
    private static final double LITTLE = 0.25;

    private final DoubleSupplier use;
    private volatile Level level = Level.PLENTY;
    /** Whether the last look of the watch failed, which was logged then. */
    private boolean blind;

    /** @param use which share of what there is is used, 0 to 1 */
    public Memory(DoubleSupplier use) {
        this.use = use;
    }

    /**
     * Looks on a thread of its own until it is interrupted: a loop that is busy, or waits for a collection, must not stop
     * it.
     *
     * @param apparent which share seems to be used, garbage included: it says how soon to look again
     */
    public Thread watch(DoubleSupplier apparent) {
        return Thread.ofPlatform().name("memory").daemon().start(() -> lookOn(apparent));
    }

    private void lookOn(DoubleSupplier apparent) {
        try {
            while (true) {
                Thread.sleep(lookAgain(apparent));
            }
        } catch (InterruptedException e) {
            LOG.debug("memory is no longer watched");
        }
    }

    /**
     * A look that fails must not be the last one: the level would stay as it is for ever.
     *
     * @return how long until the next one
     */
    private Duration lookAgain(DoubleSupplier apparent) {
        try {
            look();
            blind = false;
            return apparent.getAsDouble() < LITTLE ? SELDOM : OFTEN;
        } catch (RuntimeException e) {
            if (!blind) {
                LOG.error("Memory cannot be measured: {} stays until it can", level, e);
            }
            blind = true;
            return OFTEN;
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
