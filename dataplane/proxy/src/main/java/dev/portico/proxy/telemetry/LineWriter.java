package dev.portico.proxy.telemetry;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that writes the access log. It looks at the rings by the clock, so that loops need not wake it. */
public final class LineWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LineWriter.class);
    private static final int RING = 1 << 20;
    /** A ring that is half full does not wait for it. */
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(100);

    private final OutputStream out;
    private final List<ByteRing> rings = new CopyOnWriteArrayList<>();
    private final AtomicLong failures = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    public LineWriter(OutputStream out) {
        this.out = out;
        this.thread = Thread.ofPlatform().name("access-log").daemon().start(this::run);
    }

    ByteRing newRing() {
        var ring = new ByteRing(RING);
        rings.add(ring);
        return ring;
    }

    /** Makes it look at once. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Lines that were lost because the output did not keep up. */
    public long dropped() {
        return rings.stream().mapToLong(ByteRing::dropped).sum();
    }

    /** Writes that the output refused. */
    public long failures() {
        return failures.get();
    }

    private void run() {
        while (!closed) {
            drain();
            LockSupport.parkNanos(EVERY);
        }
        drain();
    }

    private void drain() {
        long drained = 0;
        for (ByteRing ring : rings) {
            try {
                drained += ring.drainTo(out);
            } catch (IOException e) {
                if (failures.getAndIncrement() == 0) {
                    LOG.warn("cannot write the access log: {}", e.toString());
                }
            }
        }
        if (drained > 0) {
            flush();
        }
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            failures.incrementAndGet();
        }
    }

    /** Writes what the rings hold and ends. */
    public void close() throws InterruptedException {
        closed = true;
        wake();
        thread.join(TimeUnit.SECONDS.toMillis(2));
    }
}
