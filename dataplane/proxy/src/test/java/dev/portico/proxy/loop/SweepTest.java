package dev.portico.proxy.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.DefaultEventLoop;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepTest {
    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final Sweep sweep = new Sweep(loop, loop);

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void aCheckThatFailsCostsNobodyElseTheDeadline() {
        var checked = new AtomicInteger();
        loop.execute(() -> {
            sweep.add(counting(checked));
            sweep.add(new Timed() {
                @Override
                protected void check(long now) {
                    throw new IllegalStateException("a mistake in a check, as this test wants it");
                }
            });
            sweep.add(counting(checked));
        });
        await().until(() -> checked.get() >= 6);
    }

    @Test
    void aLoopThatIsLateIsToldOnce() {
        var told = new ConcurrentLinkedQueue<Runnable>();
        var _ = new Sweep(task -> assertThat(told.add(task)).isTrue(), loop);
        var turns = new AtomicInteger();
        var _ = loop.scheduleWithFixedDelay(turns::incrementAndGet, 100, 100, TimeUnit.MILLISECONDS);
        await().until(() -> turns.get() >= 4);
        assertThat(told).hasSize(1);
        told.remove().run();
        await().until(() -> told.size() == 1);
    }

    private static Timed counting(AtomicInteger checked) {
        return new Timed() {
            @Override
            protected void check(long now) {
                checked.incrementAndGet();
            }
        };
    }
}
