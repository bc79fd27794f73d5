package dev.portico.proxy.intake;

import dev.portico.wire.Push;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores the table behind the pushes' back: once per {@link #PAUSE} however often it changes, and before the exit. */
public final class Keeper {
    static final Duration PAUSE = Duration.ofMillis(250);
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final LastKnownGood file;
    private final Supplier<Push> table;
    private final IntakeFigures figures;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("last-known-good").daemon().factory());

    public Keeper(LastKnownGood file, Supplier<Push> table, IntakeFigures figures) {
        this.file = file;
        this.table = table;
        this.figures = figures;
    }

    /** The table has changed. */
    void changed() {
        if (waiting.compareAndSet(false, true)) {
            var _ = thread.schedule(this::store, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void store() {
        waiting.set(false);
        try {
            file.write(table.get());
        } catch (IOException | RuntimeException e) {
            figures.writeFailed();
            LOG.warn("cannot store the table for the next start: {}", e.toString());
        }
    }

    /** Ends when what has changed is stored. */
    public void close() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
            LOG.warn("the table was not stored in time");
        }
    }
}
