package dev.portico.proxy.upstream;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An endpoint that speaks HTTP/2 by prior knowledge or by TLS and does what the path says. */
final class Http2Endpoint implements AutoCloseable {
    static final int LARGE = 16 * 1024 * 1024;
    private static final byte[] PART = new byte[16 * 1024];

    final List<Http2Headers> heads = new CopyOnWriteArrayList<>();
    final List<Http2Headers> trailers = new CopyOnWriteArrayList<>();
    final List<Long> resets = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger pings = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    final AtomicLong written = new AtomicLong();
    final AtomicLong received = new AtomicLong();

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Channel> open = new CopyOnWriteArrayList<>();
    private final List<Conversation> conversations = new CopyOnWriteArrayList<>();
    private final AtomicInteger odd = new AtomicInteger();
    private final Channel server;

    Http2Endpoint() {
        this(100, null);
    }

    /** @param streams how many it allows at once on a connection */
    Http2Endpoint(int streams, @Nullable SslContext tls) {
        server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.incrementAndGet();
                        open.add(channel);
                        if (tls == null) {
                            speakHttp2(channel.pipeline(), streams);
                        } else {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()), new Agreed(streams));
                        }
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    private void speakHttp2(ChannelPipeline pipeline, int streams) {
        var conversation = new Conversation();
        conversations.add(conversation);
        pipeline.addLast(
                Http2FrameCodecBuilder.forServer()
                        .initialSettings(Http2Settings.defaultSettings().maxConcurrentStreams(streams))
                        .decoderEnforceMaxConsecutiveEmptyDataFrames(0)
                        .autoAckPingFrame(false)
                        .build(),
                conversation);
    }

    /** Speaks what ALPN has chosen. */
    private final class Agreed extends ApplicationProtocolNegotiationHandler {
        private final int streams;

        Agreed(int streams) {
            super(ApplicationProtocolNames.HTTP_1_1);
            this.streams = streams;
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                speakHttp2(context.pipeline(), streams);
            } else {
                context.pipeline().addLast(new HttpServerCodec(), new Plain());
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }

    /** Answers in HTTP/1.1; says back what it is told where it is asked for a WebSocket. */
    private static final class Plain extends ChannelInboundHandlerAdapter {
        private boolean upgraded;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (upgraded && message instanceof ByteBuf bytes) {
                var _ = context.writeAndFlush(bytes);
                return;
            }
            if (message instanceof HttpRequest request && request.headers().contains("upgrade")) {
                upgraded = true;
                var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
                answer.headers().set("connection", "upgrade").set("upgrade", "websocket");
                var _ = context.writeAndFlush(answer);
                context.pipeline().remove(HttpServerCodec.class);
            } else if (message instanceof HttpRequest request) {
                var body = Unpooled.copiedBuffer("plain GET " + request.uri(), StandardCharsets.US_ASCII);
                var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
                answer.headers().set("content-length", body.readableBytes());
                var _ = context.writeAndFlush(answer);
            }
            ReferenceCountUtil.release(message);
        }
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Answers what waits at {@code /hold}. */
    void answerHeld() {
        loop.execute(() -> conversations.forEach(Conversation::answerHeld));
    }

    /** Lets {@code /slow} read on. */
    void readOn() {
        loop.execute(() -> conversations.forEach(Conversation::readOn));
    }

    void hangUp() {
        for (Channel channel : open) {
            var _ = channel.close();
        }
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Ends what was answered at {@code /unended}. */
    void endAnswered() {
        loop.execute(() -> conversations.forEach(Conversation::endAnswered));
    }

    private final class Conversation extends ChannelInboundHandlerAdapter {
        private final Map<Http2FrameStream, Http2Headers> requests = new HashMap<>();
        private final Map<Http2FrameStream, AtomicInteger> bytes = new HashMap<>();
        private final Map<Http2FrameStream, AtomicInteger> unread = new HashMap<>();
        private final Map<Http2FrameStream, String> held = new HashMap<>();
        private final List<Http2FrameStream> unended = new ArrayList<>();
        private @Nullable ChannelHandlerContext ctx;
        private boolean deaf;

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            ctx = added;
        }

        private ChannelHandlerContext ctx() {
            return Objects.requireNonNull(ctx);
        }

        private void write(Object frame) {
            var _ = ctx().write(frame);
        }

        private void send(Object frame) {
            var _ = ctx().writeAndFlush(frame);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            switch (message) {
                case Http2HeadersFrame frame -> head(frame);
                case Http2DataFrame frame -> data(frame);
                case Http2ResetFrame frame -> {
                    resets.add(frame.errorCode());
                    requests.remove(frame.stream());
                    held.remove(frame.stream());
                }
                case Http2PingFrame ping when !ping.ack() -> answer(ping);
                default -> {}
            }
            ReferenceCountUtil.release(message);
        }

        private void answer(Http2PingFrame ping) {
            pings.incrementAndGet();
            if (!deaf) {
                send(new DefaultHttp2PingFrame(ping.content(), true));
            }
        }

        private void head(Http2HeadersFrame frame) {
            Http2Headers known = requests.get(frame.stream());
            if (known == null) {
                heads.add(frame.headers());
                requests.put(frame.stream(), frame.headers());
                bytes.put(frame.stream(), new AtomicInteger());
                mostAtOnce.accumulateAndGet(requests.size(), Math::max);
                begun(frame.stream(), path(frame.stream()));
            } else {
                trailers.add(frame.headers());
            }
            if (frame.isEndStream()) {
                ended(frame.stream());
            }
        }

        private void data(Http2DataFrame frame) {
            int size = frame.content().readableBytes();
            AtomicInteger sum = bytes.get(frame.stream());
            if (sum != null) {
                sum.addAndGet(size);
            }
            received.addAndGet(size);
            if (path(frame.stream()).equals("/slow")) {
                unread.computeIfAbsent(frame.stream(), _ -> new AtomicInteger())
                        .addAndGet(frame.initialFlowControlledBytes());
            } else {
                consumed(frame.stream(), frame.initialFlowControlledBytes());
            }
            if (path(frame.stream()).equals("/echo")) {
                send(new DefaultHttp2DataFrame(frame.content().retain(), false).stream(frame.stream()));
            }
            if (frame.isEndStream()) {
                ended(frame.stream());
            }
        }

        private void consumed(Http2FrameStream stream, int size) {
            send(new DefaultHttp2WindowUpdateFrame(size).stream(stream));
        }

        void readOn() {
            unread.forEach((stream, size) -> consumed(stream, size.getAndSet(0)));
        }

        private String path(Http2FrameStream stream) {
            Http2Headers request = requests.get(stream);
            return request == null ? "" : request.path().toString();
        }

        private void begun(Http2FrameStream stream, String path) {
            switch (path) {
                case "/refuse" -> {
                    if (odd.getAndIncrement() % 2 == 0) {
                        reset(stream, Http2Error.REFUSED_STREAM);
                    }
                }
                case "/goaway" -> {
                    if (odd.getAndIncrement() % 2 == 0) {
                        requests.remove(stream);
                        goAwayBefore(stream);
                    }
                }
                case "/leave" -> write(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
                case "/echo" -> send(head("200", stream, false));
                case "/early" -> answer(stream, "early");
                case "/reset" -> reset(stream, Http2Error.INTERNAL_ERROR);
                case "/deaf" -> deaf = true;
                case "/hangup" -> {
                    var _ = ctx().close();
                }
                case "/pings" -> {
                    for (int i = 0; i < 5_000; i++) {
                        write(new DefaultHttp2PingFrame(i));
                    }
                    ctx().flush();
                }
                case "/interims" -> {
                    for (int i = 0; i < 1_000; i++) {
                        write(head("103", stream, false));
                    }
                    ctx().flush();
                }
                case "/101" -> send(head("101", stream, false));
                case "/bad" -> send(head("abc", stream, false));
                default -> {}
            }
        }

        private void goAwayBefore(Http2FrameStream stream) {
            ChannelHandlerContext context = ctx().pipeline().context(Http2FrameCodec.class);
            var codec = (Http2FrameCodec) context.handler();
            var _ = codec.goAway(
                    context, stream.id() - 2, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, context.newPromise());
            codec.flush(context);
        }

        private void ended(Http2FrameStream stream) {
            if (!requests.containsKey(stream)) {
                return;
            }
            String path = path(stream);
            String text = requests.get(stream).method() + " " + path + " " + bytes.get(stream);
            switch (path) {
                case "/hang", "/deaf", "/early", "/reset", "/hangup", "/pings", "/interims", "/101", "/bad" -> {}
                case "/hold" -> held.put(stream, text);
                case "/unended" -> {
                    unended.add(stream);
                    send(head(text.startsWith("HEAD") ? "200" : "204", stream, false));
                }
                case "/echo" -> {
                    requests.remove(stream);
                    send(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true).stream(stream));
                }
                case "/trailers" -> {
                    write(head("200", stream, false));
                    write(part("hello", stream, false));
                    finish(stream, new DefaultHttp2Headers().set("x-sum", "42"));
                }
                case "/only" -> {
                    Http2Headers head = new DefaultHttp2Headers().status("200").set("grpc-status", "5");
                    finish(stream, head);
                }
                case "/hints" -> {
                    write(head("103", stream, false));
                    answer(stream, text);
                }
                case "/cut" -> {
                    write(head("200", stream, false));
                    write(part("only this", stream, false));
                    reset(stream, Http2Error.INTERNAL_ERROR);
                }
                case "/call" -> {
                    write(call(stream));
                    send(part("only this", stream, false));
                }
                case "/call-cut" -> {
                    write(call(stream));
                    send(part("only this", stream, false));
                    reset(stream, Http2Error.INTERNAL_ERROR);
                }
                case "/call-of-length" -> {
                    Http2HeadersFrame head = call(stream);
                    head.headers().set("content-length", "100");
                    write(head);
                    write(part("only this", stream, false));
                    reset(stream, Http2Error.INTERNAL_ERROR);
                }
                case "/short" -> {
                    write(promise(stream, false));
                    send(part("only this", stream, true));
                }
                case "/hollow" -> send(promise(stream, true));
                case "/drained" -> {
                    write(promise(stream, false));
                    send(part("", stream, true));
                }
                case "/headless" -> send(part("", stream, true));
                case "/bodily" -> {
                    send(part("a body", stream, false));
                    answer(stream, text);
                }
                case "/large" -> large(stream);
                default -> answer(stream, text);
            }
        }

        private void large(Http2FrameStream stream) {
            write(head("200", stream, false));
            for (int sent = 0; sent < LARGE; sent += PART.length) {
                boolean last = sent + PART.length >= LARGE;
                var frame = new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(PART), last).stream(stream);
                var _ = ctx().write(frame).addListener(_ -> written.addAndGet(PART.length));
            }
            ctx().flush();
        }

        void answerHeld() {
            Map.copyOf(held).forEach(this::answer);
            held.clear();
        }

        void endAnswered() {
            unended.forEach(stream -> {
                requests.remove(stream);
                send(part("", stream, true));
            });
            unended.clear();
        }

        private void answer(Http2FrameStream stream, String text) {
            boolean bodiless = "HEAD"
                    .contentEquals(
                            Objects.requireNonNull(requests.remove(stream)).method());
            write(head("200", stream, bodiless));
            if (!bodiless) {
                write(part(text, stream, true));
            }
            ctx().flush();
        }

        private void finish(Http2FrameStream stream, Http2Headers last) {
            requests.remove(stream);
            send(new DefaultHttp2HeadersFrame(last, true).stream(stream));
        }

        private void reset(Http2FrameStream stream, Http2Error error) {
            requests.remove(stream);
            send(new DefaultHttp2ResetFrame(error).stream(stream));
        }

        private static Http2HeadersFrame head(String status, Http2FrameStream stream, boolean last) {
            return new DefaultHttp2HeadersFrame(new DefaultHttp2Headers(false).status(status), last).stream(stream);
        }

        private static Http2HeadersFrame call(Http2FrameStream stream) {
            Http2HeadersFrame head = head("200", stream, false);
            head.headers().set("content-type", "application/grpc");
            return head;
        }

        /** A head that announces a hundred bytes. */
        private static Http2HeadersFrame promise(Http2FrameStream stream, boolean last) {
            Http2Headers head = new DefaultHttp2Headers().status("200").set("content-length", "100");
            return new DefaultHttp2HeadersFrame(head, last).stream(stream);
        }

        private Http2DataFrame part(String text, Http2FrameStream stream, boolean last) {
            var bytes =
                    ByteBufUtil.encodeString(ctx().alloc(), java.nio.CharBuffer.wrap(text), StandardCharsets.US_ASCII);
            return new DefaultHttp2DataFrame(bytes, last).stream(stream);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }
}
