package dev.portico.proxy.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.MemoryUsage;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class MemoryUseTest {
    private static final int SIZE = 32 << 20;
    private static final double SHARE = (double) SIZE / PlatformDependent.maxDirectMemory();

    private final MemoryUse use = new MemoryUse();

    @Test
    void directMemoryOfNettyAndOfTheJdkCounts() {
        double before = use.direct();
        ByteBuf netty = PooledByteBufAllocator.DEFAULT.directBuffer(SIZE, SIZE);
        assertThat(use.direct()).isBetween(before + SHARE * 0.9, before + SHARE * 1.5);
        ByteBuffer jdk = ByteBuffer.allocateDirect(SIZE);
        assertThat(use.direct()).isBetween(before + SHARE * 1.9, before + SHARE * 2.5);
        assertThat(use.share()).isGreaterThanOrEqualTo(use.direct());
        netty.release();
        assertThat(jdk.capacity()).isEqualTo(SIZE);
    }

    @Test
    void inALittleContainerThereIsRoomForFewerBuffersThanTheJvmAllows() {
        assertThat(MemoryUse.mostDirect(mebibytes(1024), mebibytes(256), mebibytes(512)))
                .isEqualTo(mebibytes(512));
        assertThat(MemoryUse.mostDirect(mebibytes(512), mebibytes(128), mebibytes(512)))
                .isEqualTo(mebibytes(192));
        assertThat(MemoryUse.mostDirect(mebibytes(128), mebibytes(32), mebibytes(512)))
                .isEqualTo(mebibytes(32));
        assertThat(MemoryUse.mostDirect(mebibytes(128), mebibytes(32), mebibytes(16)))
                .isEqualTo(mebibytes(16));
    }

    private static long mebibytes(long number) {
        return number << 20;
    }

    @Test
    void ofTheHeapCountsWhatACollectionLeaves() {
        System.gc();
        double before = use.heap();
        byte[][] kept = new byte[64][1 << 20];
        System.gc();
        double with = use.heap();
        assertThat(kept).hasDimensions(64, 1 << 20);
        assertThat(with).isGreaterThan(before).isLessThan(1);
    }

    @Test
    void aThirdOfGarbageIsWorthACollectionNowAndThen() {
        assertThat(patience(48, 31)).isEqualTo(MemoryUse.THRIFT);
        assertThat(patience(48, 33)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aLittleGarbageIsNotHoweverLittleLives() {
        assertThat(patience(9, 0)).isEqualTo(MemoryUse.THRIFT);
        assertThat(patience(8, 0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whetherAHeapIsFullIsWorthOneSoon() {
        assertThat(patience(85, 80)).isEqualTo(MemoryUse.DOUBT);
        assertThat(patience(84, 80)).isEqualTo(Long.MAX_VALUE);
    }

    /** In mebibytes, of a hundred. */
    private static long patience(long used, long survived) {
        var old = new MemoryUsage(0, mebibytes(used), mebibytes(100), mebibytes(100));
        return MemoryUse.patience(old, mebibytes(survived));
    }
}
