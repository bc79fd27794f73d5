package dev.portico.proxy.loop;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.transport.Transport;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A transport whose event loops wait without a timer while nothing is scheduled on them. Netty's own wait for a second at
 * most, and the kernel sets a timer and takes it back for each wait: with io_uring an operation and a completion more.
 * All else is the usual transport's, which is io_uring's or epoll's: that of NIO waits for a second whatever a loop says.
 */
public record UntimedTransport(Transport usual) implements Transport, io.vertx.core.spi.transport.Transport {
    private static final class Loops extends MultiThreadIoEventLoopGroup {
        Loops(int threads, ThreadFactory factory, IoHandlerFactory handlers) {
            super(threads, factory, handlers);
        }

        @Override
        protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... args) {
            return new SingleThreadIoEventLoop(this, executor, handlers) {
                @Override
                protected long deadlineNanos() {
                    return nextScheduledTaskDeadlineNanos();
                }
            };
        }
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
        return new Loops(threads, factory, ioHandlerFactory());
    }

    @Override
    public String name() {
        return usual.name();
    }

    @Override
    public boolean available() {
        return usual.available();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return usual.unavailabilityCause();
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return this;
    }

    private io.vertx.core.spi.transport.Transport usually() {
        return usual.implementation();
    }

    @Override
    public boolean isAvailable() {
        return usually().isAvailable();
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return usually().ioHandlerFactory();
    }

    @Override
    public boolean supportsDomainSockets() {
        return usually().supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return usually().supportFileRegion();
    }

    @Override
    public java.net.SocketAddress convert(SocketAddress address) {
        return usually().convert(address);
    }

    @Override
    public SocketAddress convert(java.net.SocketAddress address) {
        return usually().convert(address);
    }

    @Override
    @SuppressWarnings("deprecation") // Vert.x asks with it
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return usually().datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
        return usually().datagramChannelFactory();
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return usually().channelFactory(domainSocket);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return usually().serverChannelFactory(domainSocket);
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
        usually().configure(channel, options);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, Bootstrap bootstrap) {
        usually().configure(config, domainSocket, bootstrap);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
        usually().configure(config, domainSocket, bootstrap);
    }
}
