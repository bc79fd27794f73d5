package dev.portico.proxy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Looks at how much memory a process has, all the time. */
public final class MemoryWatch implements AutoCloseable {
    private static final long PERIOD_NANOS = 2_000_000;

    private final ProxyProcess process;
    private final AtomicLong most = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().name("memory").daemon().unstarted(this::look);
    private final long first;
    private long before;

    private MemoryWatch(ProxyProcess process) throws IOException {
        this.process = process;
        first = process.residentBytes();
        before = first;
    }

    public static MemoryWatch of(ProxyProcess process) throws IOException {
        var watch = new MemoryWatch(process);
        watch.thread.start();
        return watch;
    }

    private void look() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long now = process.residentBytes();
                var _ = most.accumulateAndGet(now, Math::max);
                LockSupport.parkNanos(PERIOD_NANOS);
            }
        } catch (IOException e) {
            // The watch is closed, or the process is gone: then who asks for its growth is told.
        }
    }

    /** By how many bytes it had more, at most, than when this was asked last, or than when the watch began. */
    public long growth() throws IOException {
        long now = process.residentBytes();
        long growth = Math.max(most.getAndSet(0), now) - before;
        before = now;
        return growth;
    }

    /** By how many bytes it has more than when the watch began. */
    public long left() throws IOException {
        return process.residentBytes() - first;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
