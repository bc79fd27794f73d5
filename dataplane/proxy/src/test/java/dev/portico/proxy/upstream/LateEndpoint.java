package dev.portico.proxy.upstream;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An endpoint that speaks HTTP/2 by prior knowledge and answers {@code /late} only when it was reset, as one does whose
 * answer was under way.
 */
final class LateEndpoint implements AutoCloseable {
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger heads = new AtomicInteger();

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel server = new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                    connections.incrementAndGet();
                    channel.pipeline().addLast(new Frames());
                }
            })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Frames without any state of streams. */
    private final class Frames extends ByteToMessageDecoder {
        private final DefaultHttp2FrameReader reader = new DefaultHttp2FrameReader(false);
        private final DefaultHttp2FrameWriter writer = new DefaultHttp2FrameWriter();
        private int preface = Http2CodecUtil.connectionPrefaceBuf().readableBytes();

        @Override
        public void channelActive(ChannelHandlerContext ctx) throws Exception {
            var _ = writer.writeSettings(ctx, new Http2Settings(), ctx.newPromise());
            ctx.flush();
            super.channelActive(ctx);
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Http2Exception {
            int skipped = Math.min(preface, in.readableBytes());
            in.skipBytes(skipped);
            preface -= skipped;
            if (preface == 0) {
                reader.readFrame(ctx, in, new Answering());
                ctx.flush();
            }
        }

        private void answer(ChannelHandlerContext ctx, int stream) {
            var _ = writer.writeHeaders(
                    ctx, stream, new DefaultHttp2Headers().status("200"), 0, false, ctx.newPromise());
            var _ = writer.writeData(
                    ctx, stream, Unpooled.wrappedBuffer(new byte[] {'o', 'k'}), 0, true, ctx.newPromise());
        }

        private final class Answering extends Http2FrameAdapter {
            @Override
            public void onHeadersRead(
                    ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean endStream) {
                if (!headers.path().toString().equals("/late")) {
                    answer(ctx, streamId);
                }
                heads.incrementAndGet();
            }

            @Override
            public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) {
                answer(ctx, streamId);
            }

            @Override
            public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) {
                var _ = writer.writeSettingsAck(ctx, ctx.newPromise());
            }
        }
    }
}
