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
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UntimedTransportTest {
    /** Waits until it is woken up, whatever it is told, and tells until when it was to wait. */
    private static final class Patient implements IoHandler {
        private final BlockingQueue<Long> deadlines;
        private final SynchronousQueue<Boolean> wakeups = new SynchronousQueue<>();

        Patient(BlockingQueue<Long> deadlines) {
            this.deadlines = deadlines;
        }

        @Override
        public int run(IoHandlerContext context) {
            if (context.canBlock()) {
                deadlines.add(context.deadlineNanos());
                try {
                    wakeups.poll(10, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return 0;
        }

        @Override
        public IoRegistration register(IoHandle handle) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void wakeup() {
            wakeups.offer(true);
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

    static Stream<Transport> available() {
        return Stream.of(Transport.IO_URING, Transport.EPOLL, Transport.NIO).filter(Transport::available);
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
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        }
    }

    @ParameterizedTest
    @MethodSource("available")
    void whatIsScheduledOnALoopThatWaitsRuns(Transport transport) throws Exception {
        var ran = new LinkedBlockingQueue<String>();
        EventLoopGroup loops = loops(transport);
        try {
            loops.execute(() -> ran.add("begun"));
            assertThat(ran.poll(10, TimeUnit.SECONDS)).isEqualTo("begun");

            var _ = loops.schedule(() -> ran.add("from elsewhere"), 50, TimeUnit.MILLISECONDS);
            assertThat(ran.poll(10, TimeUnit.SECONDS)).isEqualTo("from elsewhere");

            loops.execute(() -> {
                var _ = loops.schedule(() -> ran.add("from itself"), 50, TimeUnit.MILLISECONDS);
            });
            assertThat(ran.poll(10, TimeUnit.SECONDS)).isEqualTo("from itself");
        } finally {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        }
    }
}
