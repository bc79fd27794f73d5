package dev.portico.proxy.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of a peer that is looked at once in a second of a time that the test tells. */
@SuppressWarnings("NullAway.Init")
class StallTest {
    private static final int KERNEL = 8 * 1024;
    /** More than the kernel keeps for both ends. */
    private static final int TAKEN = 256 * 1024;

    private static final int TIMES = 8;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final CompletableFuture<Channel> accepted = new CompletableFuture<>();
    private final Socket peer = new Socket();
    private final Stall stall = new Stall();
    private Channel channel;
    private long now;

    @BeforeEach
    void connect() throws Exception {
        Channel server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.SO_SNDBUF, KERNEL)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel client) {
                        accepted.complete(client);
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        peer.setReceiveBufferSize(KERNEL);
        peer.setSoTimeout(10_000);
        peer.connect(server.localAddress());
        channel = accepted.get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void whoTakesNothingStallsAsLongAsThat() throws Exception {
        write(2 * TAKEN);
        assertThat(lasted()).isZero();
        // The kernel takes some more for a moment.
        await().until(() -> lasted() >= TIMES * SECOND);
        take();
        assertThat(lasted()).isZero();
    }

    @Test
    void aLargePartThatIsTakenBitByBitIsTaken() throws Exception {
        write(2 * TIMES * TAKEN);
        for (int i = 0; i < TIMES; i++) {
            assertThat(lasted()).isZero();
            take();
        }
    }

    @Test
    void whatGrowsWhileItIsTakenIsTaken() throws Exception {
        write(TAKEN);
        for (int i = 0; i < TIMES; i++) {
            assertThat(lasted()).isZero();
            for (int part = 0; part < 2 * TAKEN; part += KERNEL) {
                write(KERNEL);
            }
            take();
        }
    }

    private void write(int bytes) {
        var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[bytes]));
    }

    private void take() throws IOException {
        peer.getInputStream().skipNBytes(TAKEN);
    }

    private long lasted() throws Exception {
        now += SECOND;
        return channel.eventLoop().submit(() -> stall.lasted(channel, now)).get(10, TimeUnit.SECONDS);
    }
}
