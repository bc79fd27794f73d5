package dev.portico.proxy.tls;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.internal.tcnative.SSL;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;

/**
 * A client of BoringSSL that offers the last session it was given wherever it connects, also for another name or on
 * another port, as well-behaved clients do not.
 */
final class ResumingClient implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final SslContext context;

    ResumingClient(String version) throws SSLException {
        context = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .protocols(version)
                .build();
        var sessions = (OpenSslSessionContext) context.sessionContext();
        sessions.setSessionCacheEnabled(true);
        sessions.setSessionCacheSize(1);
        sessions.setTicketKeys(); // takes away the option that refuses tickets
    }

    /** Connects and waits for the server's greeting, behind which no ticket comes. Says whether it resumed. */
    boolean resumes(TlsServer server, String serverName) throws Exception {
        var resumed = new CompletableFuture<Boolean>();
        Channel channel = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel made) {
                        SslHandler tls = context.newHandler(made.alloc(), "same for all", 443);
                        var parameters = tls.engine().getSSLParameters();
                        parameters.setServerNames(List.of(new SNIHostName(serverName)));
                        tls.engine().setSSLParameters(parameters);
                        made.pipeline()
                                .addLast(tls, new Greeted((ReferenceCountedOpenSslEngine) tls.engine(), resumed));
                    }
                })
                .connect("127.0.0.1", server.port())
                .sync()
                .channel();
        try {
            return resumed.get(5, TimeUnit.SECONDS);
        } finally {
            channel.close().sync();
        }
    }

    private static final class Greeted extends SimpleChannelInboundHandler<ByteBuf> {
        private final ReferenceCountedOpenSslEngine engine;
        private final CompletableFuture<Boolean> resumed;

        Greeted(ReferenceCountedOpenSslEngine engine, CompletableFuture<Boolean> resumed) {
            this.engine = engine;
            this.resumed = resumed;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf greeting) {
            resumed.complete(SSL.isSessionReused(engine.sslPointer()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            resumed.completeExceptionally(cause);
        }
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        ReferenceCountUtil.release(context);
    }
}
