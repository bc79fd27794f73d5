package dev.portico.proxy.memory;

import com.sun.management.OperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which share of its memory the process uses: of the heap what survived the last collection, since garbage fills every
 * heap, and of direct memory what Netty and the JDK hold. Each ends the process, or requests, by itself, so the fuller
 * one counts.
 */
public final class MemoryUse {
    /** From here on the last collection is too old a witness. */
    private static final double DOUBTFUL = 0.85;

    /** What a container holds beside heap and buffers: code, classes, stacks, the last table on a volume in memory. */
    private static final long REST = 192L << 20;

    /** Direct memory without which nothing can be served. */
    private static final long LEAST = 32L << 20;

    /** Between two collections for certainty. */
    static final long DOUBT = Duration.ofSeconds(5).toNanos();

    /** Between two collections for room: each stops the process for a moment. */
    static final long THRIFT = Duration.ofMinutes(1).toNanos();

    /** So much garbage is not worth a collection, however little lives. */
    private static final long UNWORTHY = 8L << 20;

    /** Where objects live that have survived; the only part of a heap that can be full for long. */
    private final @Nullable MemoryPoolMXBean old = old();

    private final @Nullable BufferPoolMXBean buffers = buffers();
    private final long mostDirect =
            mostDirect(total(), Runtime.getRuntime().maxMemory(), PlatformDependent.maxDirectMemory());
    private long collectedAt = System.nanoTime() - DOUBT;

    /** The larger of both shares. Asked by one thread. */
    public double share() {
        collect();
        return Math.max(heap(), direct());
    }

    /** The larger of both shares, with the garbage of the heap. */
    public double apparent() {
        return Math.max(old == null ? 0 : share(old.getUsage()), direct());
    }

    /** Of the heap's old generation, what survived its last collection. */
    public double heap() {
        MemoryUsage survived = old == null ? null : old.getCollectionUsage();
        return survived == null ? 0 : share(survived);
    }

    /** Of the direct memory that there is room for, what is allocated. The JDK knows of Netty's unless Netty goes past it. */
    public double direct() {
        long jdk = buffers == null ? 0 : buffers.getMemoryUsed();
        long netty = PlatformDependent.useDirectBufferNoCleaner() ? PlatformDependent.usedDirectMemory() : 0;
        return (double) (jdk + netty) / mostDirect;
    }

    /** Asks for a collection where one is worth it. */
    private void collect() {
        if (old != null && System.nanoTime() - collectedAt >= patience(old.getUsage(), survived(old))) {
            System.gc();
            collectedAt = System.nanoTime();
        }
    }

    /**
     * How many nanoseconds ago the last collection must be for another one: not many where the heap looks full, for only
     * so it is known whether it is, and when it no longer is. More where a third of it may be garbage, which no collector
     * sees to before it has taken all the heap that it may.
     */
    static long patience(MemoryUsage old, long survived) {
        if (share(old) >= DOUBTFUL) {
            return DOUBT;
        }
        return old.getUsed() - survived > Math.max(survived / 2, UNWORTHY) ? THRIFT : Long.MAX_VALUE;
    }

    /** What the last collection left, in bytes; 0 before the first one. */
    private static long survived(MemoryPoolMXBean old) {
        MemoryUsage survived = old.getCollectionUsage();
        return survived == null ? 0 : survived.getUsed();
    }

    /**
     * How much direct memory there is room for: a container that is allowed little is ended when all that is allowed to
     * the JVM is used.
     *
     * @param total the container's, or the machine's
     */
    static long mostDirect(long total, long heap, long allowed) {
        return Math.clamp(total - heap - REST, Math.min(LEAST, allowed), allowed);
    }

    private static long total() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private static double share(MemoryUsage usage) {
        long most = usage.getMax() < 0 ? Runtime.getRuntime().maxMemory() : usage.getMax();
        return (double) usage.getUsed() / most;
    }

    private static @Nullable MemoryPoolMXBean old() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable BufferPoolMXBean buffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .findFirst()
                .orElse(null);
    }
}
