package dev.portico.proxy.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.transport.Transport;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UntimedTransportTest {
    /** Waits until it is woken up, whatever its loop says, and tells until when it was to wait. */
    private static final class Patient implements IoHandler {
        private final BlockingQueue<Long> deadlines;
        private final Semaphore wakeups = new Semaphore(0);

        Patient(BlockingQueue<Long> deadlines) {
            this.deadlines = deadlines;
        }

        @Override
        public int run(IoHandlerContext context) {
            if (context.canBlock()) {
                deadlines.add(context.deadlineNanos());
                wakeups.acquireUninterruptibly();
                wakeups.drainPermits();
            }
            return 0;
        }

        @Override
        public IoRegistration register(IoHandle handle) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void wakeup() {
            wakeups.release();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> type) {
            return false;
        }
    }

    private record Fake(BlockingQueue<Long> deadlines) implements Transport {
        @Override
        public String name() {
            return "fake";
        }

        @Override
        public boolean available() {
            return true;
        }

        @Override
        public @Nullable Throwable unavailabilityCause() {
            return null;
        }

        @Override
        public io.vertx.core.spi.transport.Transport implementation() {
            return new NioTransport() {
                @Override
                public IoHandlerFactory ioHandlerFactory() {
                    return _ -> new Patient(deadlines);
                }
            };
        }
    }

    private static EventLoopGroup loops(Transport transport) {
        return new UntimedTransport(transport)
                .eventLoopGroup(
                        io.vertx.core.spi.transport.Transport.IO_EVENT_LOOP_GROUP,
                        1,
                        new DefaultThreadFactory("untimed"),
                        50);
    }

    @Test
    void aLoopHasADeadlineWhileSomethingIsScheduled() throws Exception {
        var deadlines = new LinkedBlockingQueue<Long>();
        EventLoopGroup loops = loops(new Fake(deadlines));
        try {
            loops.submit(() -> {}).get(10, TimeUnit.SECONDS);
            assertThat(deadlines.poll(10, TimeUnit.SECONDS)).isEqualTo(-1);

            var hour = loops.schedule(() -> {}, 1, TimeUnit.HOURS);
            loops.submit(deadlines::clear).get(10, TimeUnit.SECONDS);
            assertThat(deadlines.poll(10, TimeUnit.SECONDS)).isGreaterThan(TimeUnit.MINUTES.toNanos(59));

            hour.cancel(false);
            loops.submit(deadlines::clear).get(10, TimeUnit.SECONDS);
            assertThat(deadlines.poll(10, TimeUnit.SECONDS)).isEqualTo(-1);
        } finally {
            assertThat(loops.shutdownGracefully(100, 1_000, TimeUnit.MILLISECONDS)
                            .await(10, TimeUnit.SECONDS))
                    .isTrue();
        }
    }
}
