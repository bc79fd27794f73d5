package dev.portico.proxy.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.proxy.loop.UntimedTransport;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.spi.transport.Transport;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransportKindTest {
    static Stream<TransportKind> ofTheKernel() {
        return Arrays.stream(TransportKind.values())
                .filter(TransportKind::isAvailable)
                .filter(kind -> kind != TransportKind.NIO);
    }

    @ParameterizedTest
    @MethodSource("ofTheKernel")
    void what_is_scheduled_on_a_loop_that_waits_without_a_timer_runs(TransportKind kind) throws Exception {
        assertThat(kind.transport()).isInstanceOf(UntimedTransport.class);
        var ran = new LinkedBlockingQueue<String>();
        EventLoopGroup loops = kind.transport()
                .implementation()
                .eventLoopGroup(Transport.IO_EVENT_LOOP_GROUP, 1, new DefaultThreadFactory("loop"), 50);
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
            assertThat(loops.shutdownGracefully(100, 1_000, TimeUnit.MILLISECONDS)
                            .await(10, TimeUnit.SECONDS))
                    .isTrue();
        }
    }
}
