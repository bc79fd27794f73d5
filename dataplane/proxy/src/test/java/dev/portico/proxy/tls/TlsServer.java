package dev.portico.proxy.tls;

import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Certificate;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Tls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.List;

/** Terminates TLS by a table that can be replaced; says what was negotiated, then echoes. */
final class TlsServer implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<HttpVersion> versions;
    private final Tls.MinVersion minVersion;
    private final Channel channel;
    private volatile TlsTable table;

    TlsServer(Engine engine, List<HttpVersion> versions, Tls.MinVersion minVersion) {
        this.versions = versions;
        this.minVersion = minVersion;
        this.table = TlsTable.none(engine);
        this.channel = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        Handshake.begin(
                                accepted.pipeline(),
                                () -> table.listener("https"),
                                (pipeline, version, name) -> pipeline.addLast(new Greeting(version + " " + name)));
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    static TlsServer both() {
        return new TlsServer(Engine.best(), List.of(HttpVersion.HTTP1, HttpVersion.HTTP2), Tls.MinVersion.TLS_1_2);
    }

    TlsTable load(Certificate... certificates) {
        return load(minVersion, certificates);
    }

    TlsTable load(Tls.MinVersion version, Certificate... certificates) {
        var listener =
                new HttpListener("https", 443, versions, new Tls(version), ClientTraffic.DEFAULT, AccessLog.DEFAULT);
        table = table.next(List.of(listener), List.of(certificates));
        return table;
    }

    int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    TlsClient connect() {
        return new TlsClient(port());
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static final class Greeting extends SimpleChannelInboundHandler<ByteBuf> {
        private final String text;

        Greeting(String text) {
            this.text = text;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            var _ = ctx.writeAndFlush(ByteBufUtil.writeUtf8(ctx.alloc(), text + "\n"));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf data) {
            var _ = ctx.writeAndFlush(data.retain());
        }
    }
}
