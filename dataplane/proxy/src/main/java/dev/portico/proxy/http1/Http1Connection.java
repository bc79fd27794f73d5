package dev.portico.proxy.http1;

import dev.portico.proxy.codec.MessageWriter;
import dev.portico.proxy.codec.RequestReader;
import dev.portico.proxy.loop.Sweep;
import dev.portico.proxy.pipeline.Client;
import dev.portico.proxy.pipeline.Pipeline;
import dev.portico.proxy.pipeline.ReceivedHead;
import dev.portico.proxy.pipeline.Refusal;
import dev.portico.proxy.pipeline.RequestSink;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: hands one request after the other to the pipeline. A request that comes before the last one
 * is answered (pipelining) waits here, and nothing more is read meanwhile.
 */
public final class Http1Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);

    private final Client client;
    private final Pipeline pipeline;
    private final MessageWriter writer;
    private final Http1Watch watch;
    private final Sweep sweep;
    private final RequestReader reader = new RequestReader();
    private final Queue<Object> waiting = new ArrayDeque<>(0);

    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Http1Response response;
    private @Nullable RequestSink sink;
    private boolean bodyPending;
    private boolean bodyPaused;
    private boolean draining;
    private boolean closing;
    private boolean lingering;

    /** @param writer one per event loop */
    public Http1Connection(Client client, Pipeline pipeline, MessageWriter writer, Sweep sweep, Http1Limits limits) {
        this.client = client;
        this.pipeline = pipeline;
        this.writer = writer;
        this.sweep = sweep;
        this.watch = new Http1Watch(this, limits);
    }

    /** Adds what HTTP/1 needs to a connection that is ready to be read. */
    public void addTo(Channel channel) {
        channel.pipeline().addLast(reader, this);
    }

    /**
     * Ends the connection after the request that runs.
     *
     * @param now whether to close where none runs; else the next one is still answered
     */
    public void drain(boolean now) {
        draining = true;
        closing |= now;
        if (now && response == null && !lingering) {
            close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        sweep.add(watch);
        watch.betweenRequests();
    }

    ChannelHandlerContext context() {
        if (ctx == null) {
            throw new IllegalStateException("the connection is not set up yet");
        }
        return ctx;
    }

    MessageWriter writer() {
        return writer;
    }

    Http1Watch watch() {
        return watch;
    }

    boolean isWritable() {
        return context().channel().isWritable();
    }

    /** How much the client must take before {@link #isWritable} holds again. */
    long unwritten() {
        return context().channel().bytesBeforeWritable();
    }

    // ---- reading

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (lingering) {
            ReferenceCountUtil.release(message);
        } else if (!waiting.isEmpty() || (message instanceof HttpRequest && response != null)) {
            waiting.add(message);
            reading();
        } else {
            take(message);
        }
    }

    private void take(Object message) {
        if (message instanceof HttpRequest request) {
            begin(request);
        } else if (message instanceof HttpContent content) {
            body(content);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(HttpRequest request) {
        boolean old = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        response = new Http1Response(this, request.method().name(), old, keepAlive(request));
        Refusal refusal = Unreadable.refusal(request);
        if (refusal != null) {
            bodyPending = true;
            pipeline.refuse(client, Unreadable.head(request), refusal, response);
            return;
        }
        bodyPending = hasBody(request);
        ReceivedHead head = new ReceivedHead(request.method().name(), request.uri(), null, request.headers());
        watch.inRequest(bodyPending && !head.isConversation());
        Http1Response own = response;
        RequestSink begun = pipeline.begin(client, head, bodyPending, own);
        if (response == own) {
            sink = begun;
        }
    }

    private boolean keepAlive(HttpRequest request) {
        return !draining && HttpUtil.isKeepAlive(request);
    }

    private static boolean hasBody(HttpRequest request) {
        String length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING) : !length.equals("0");
    }

    private void body(HttpContent content) {
        RequestSink to = sink;
        if (to == null || !bodyPending) {
            content.release();
            return;
        }
        if (content.decoderResult().isFailure()) {
            content.release();
            abort(Refusal.BAD_FRAMING);
            return;
        }
        boolean last = content instanceof LastHttpContent;
        if (last) {
            bodyPending = false;
            watch.inRequest(false);
        }
        if (content.content().isReadable()) {
            watch.body(content.content().readableBytes());
            to.data(content.content());
        } else {
            content.release();
        }
        if (last) {
            var trailers = ((LastHttpContent) content).trailingHeaders();
            to.end(trailers.isEmpty() ? null : trailers);
        }
    }

    void pauseBody(boolean pause) {
        bodyPaused = pause;
        watch.bodyPaused(pause);
        reading();
    }

    /** Reads on while somebody wants what comes; a connection that waits for its answer is read to notice its end. */
    private void reading() {
        boolean wanted = lingering || (waiting.isEmpty() && !(bodyPaused && bodyPending));
        Channel channel = context().channel();
        if (channel.config().isAutoRead() != wanted) {
            channel.config().setAutoRead(wanted);
        }
    }

    // ---- the end of a request

    /** The last byte of the answer was written. */
    void answered(Http1Response done, boolean keepAlive) {
        if (response != done) {
            return;
        }
        response = null;
        sink = null;
        bodyPaused = false;
        watch.bodyPaused(false);
        if (keepAlive && !closing) {
            reading();
            next();
        } else {
            linger();
        }
    }

    /** Whether the request was read to its end, so that another can follow. */
    boolean requestIsRead() {
        return !bodyPending;
    }

    boolean isDraining() {
        return draining;
    }

    private void next() {
        watch.betweenRequests();
        // Not in the middle of the pass that ended the last one: it may still touch its exchange.
        if (!waiting.isEmpty()) {
            context().channel().eventLoop().execute(this::takeWaiting);
        }
    }

    private void takeWaiting() {
        while (!waiting.isEmpty() && !(waiting.peek() instanceof HttpRequest && response != null)) {
            take(waiting.remove());
        }
        reading();
    }

    /** Closing with unread bytes would reset the connection under the answer, so they are read and dropped a while. */
    private void linger() {
        lingering = true;
        releaseWaiting();
        if (!bodyPending) {
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        watch.lingers();
        reading();
        context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
            if (!client.tls() && context().channel() instanceof DuplexChannel channel) {
                var _ = channel.shutdownOutput();
            }
        });
    }

    /** The answer was cut short: only a reset tells the client so where the length is not known beforehand. */
    void reset() {
        response = null;
        sink = null;
        context().channel().config().setOption(ChannelOption.SO_LINGER, 0);
        close();
    }

    void close() {
        var _ = context().close();
    }

    /** Ends what runs, for a reason of the client's. */
    void abort(Refusal why) {
        RequestSink to = sink;
        Http1Response cut = response;
        sink = null;
        response = null;
        if (to != null) {
            to.aborted(why);
        }
        if (cut != null && !cut.isBegun() && why != Refusal.CLIENT_CLOSED) {
            cut.refuse(why);
        }
        close();
    }

    /** The head of a request did not come to its end in time. */
    void headTimeout() {
        response = new Http1Response(this, "-", false, false);
        pipeline.refuse(client, Pipeline.unreadable(), Refusal.HEADER_TIMEOUT, response);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        watch.headBegun(response == null && !lingering && reader.hasPartOfHead());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        boolean writable = context.channel().isWritable();
        watch.writable(writable);
        if (writable && sink != null) {
            sink.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        sweep.remove(watch);
        abort(Refusal.CLIENT_CLOSED);
        releaseWaiting();
        context.fireChannelInactive();
    }

    private void releaseWaiting() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    /** A lost connection is the client's affair, everything else is an error of ours; it is lost either way. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof RuntimeException && !(cause instanceof CodecException)) {
            LOG.error("HTTP/1 connection on {} ends by an error of ours", client.listener(), cause);
        }
        var _ = context.close();
    }
}
