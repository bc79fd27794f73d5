package dev.portico.proxy.loop;

import static org.awaitility.Awaitility.await;

import io.netty.channel.DefaultEventLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepTest {
    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final Sweep sweep = new Sweep(loop);

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

    private static Timed counting(AtomicInteger checked) {
        return new Timed() {
            @Override
            protected void check(long now) {
                checked.incrementAndGet();
            }
        };
    }
}
