package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.upstream.UpstreamLimits;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that come byte by byte: what they cost follows from their bytes, not from their parts. */
final class TinyPartsTest {
    private static final int MOST = 20 * 1024 * 1024;
    private static final int STREAMS = 15;
    private static final int ANSWERS = 90;
    private static final int PARTS = 60_000;
    private static final byte[] BYTE = {'x'};
    private final Origin origin = new Origin();

    TinyPartsTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        origin.close();
    }

    @Test
    void aBodyThatWaitsForItsEndpointCostsWhatItsBytesCost() throws IOException {
        try (var gateway = new Gateway(origin, onePlace());
                var holder = RawClient.greeting(gateway.port());
                var client = RawClient.greeting(gateway.port())) {
            holder.headers(1, true, Fields.request("GET", "/slow")).flush();
            await().until(() -> origin.heads.size() == 1);
            long before = memory();
            for (int n = 0; n < STREAMS; n++) {
                int stream = 2 * n + 1;
                client.headers(stream, false, Fields.request("POST", "/"));
                for (int part = 1; part <= PARTS; part++) {
                    client.data(stream, part == PARTS, BYTE);
                }
            }
            client.send(Frame.PING, 0, 0, new byte[8]).flush();
            client.next(Frame.PING);
            assertThat(memory() - before).isLessThan(MOST);
            origin.gate.countDown();
            for (int n = 0; n < STREAMS; n++) {
                assertThat(client.answer(2 * n + 1).text()).endsWith("body " + PARTS);
            }
        }
    }

    @Test
    void whatComesAtOnceIsSentToTheEndpointInFewChunks() throws IOException {
        try (var gateway = new Gateway(origin);
                var client = RawClient.greeting(gateway.port())) {
            assertThat(client.request(1, Fields.request("GET", "/")).status()).isEqualTo("200");
            client.headers(3, false, Fields.request("POST", "/"));
            for (int part = 1; part <= PARTS; part++) {
                client.data(3, part == PARTS, BYTE);
            }
            client.flush();
            assertThat(client.answer(3).text()).endsWith("body " + PARTS);
            assertThat(origin.chunks.get()).isLessThan(PARTS / 10);
        }
    }

    @Test
    void anAnswerThatNobodyTakesCostsWhatItsBytesCost() throws IOException {
        try (var gateway = new Gateway(origin);
                var client = RawClient.greeting(gateway.port(), 4, 0)) {
            client.keepWindowsShut();
            long before = memory();
            for (int n = 0; n < ANSWERS; n++) {
                client.headers(2 * n + 1, true, Fields.request("GET", "/tiny"));
            }
            client.flush();
            assertThat(client.statuses(ANSWERS)).containsOnly("200");
            await().during(Duration.ofMillis(300)).until(() -> origin.written.get(), this::unchanged);
            assertThat(memory() - before).isLessThan(MOST);
            client.number(Frame.WINDOW_UPDATE, 0, 2 * Origin.TINY);
            client.number(Frame.WINDOW_UPDATE, 3, Origin.TINY).flush();
            client.read(3, Origin.TINY);
        }
    }

    private long last = -1;

    private boolean unchanged(long now) {
        boolean same = now > 0 && now == last;
        last = now;
        return same;
    }

    private static UpstreamLimits onePlace() {
        UpstreamLimits usual = UpstreamLimits.ofLoops(1);
        return new UpstreamLimits(1, 64, Duration.ofSeconds(60), usual.connect(), usual.idle(), usual.pings());
    }

    /** What the heap holds on to, and what the allocator of buffers took beside it. */
    private static long memory() {
        System.gc();
        var direct = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct.usedDirectMemory();
    }
}
