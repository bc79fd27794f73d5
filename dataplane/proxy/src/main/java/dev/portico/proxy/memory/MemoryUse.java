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

    private static final long BETWEEN_COLLECTIONS = Duration.ofSeconds(5).toNanos();

    /** Where objects live that have survived; the only part of a heap that can be full for long. */
    private final @Nullable MemoryPoolMXBean old = old();

    private final @Nullable BufferPoolMXBean buffers = buffers();
    private final long mostDirect =
            mostDirect(total(), Runtime.getRuntime().maxMemory(), PlatformDependent.maxDirectMemory());
    private long collectedAt = System.nanoTime() - BETWEEN_COLLECTIONS;

    /** The larger of both shares. Asked by one thread. */
    public double share() {
        collect();
        return Math.max(heap(), direct());
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

    /** Asks for a collection where the heap looks full: only so it is known whether it is, and when it no longer is. */
    private void collect() {
        if (old == null || share(old.getUsage()) < DOUBTFUL) {
            return;
        }
        long now = System.nanoTime();
        if (now - collectedAt >= BETWEEN_COLLECTIONS) {
            System.gc();
            collectedAt = System.nanoTime();
        }
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
