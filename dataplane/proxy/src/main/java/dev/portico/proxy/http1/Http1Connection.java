package dev.portico.proxy.http1;

import dev.portico.proxy.codec.MessageWriter;
import dev.portico.proxy.codec.Request;
import dev.portico.proxy.codec.Request.Version;
import dev.portico.proxy.codec.RequestReader;
import dev.portico.proxy.codec.Unreadable;
import dev.portico.proxy.loop.Sweep;
import dev.portico.proxy.pipeline.Client;
import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.proxy.pipeline.Pipeline;
import dev.portico.proxy.pipeline.ReceivedHead;
import dev.portico.proxy.pipeline.Refusal;
import dev.portico.proxy.pipeline.RequestSink;
import dev.portico.proxy.tunnel.ChannelSide;
import dev.portico.proxy.tunnel.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: hands one request after the other to the pipeline. A request that comes before the last one is
 * answered (pipelining), or while the client does not take what was answered, waits here, and nothing more is read
 * meanwhile.
 *
 * <p>A request runs while there is a {@code response}: from its head ({@link #begin}) to the last byte of its answer
 * ({@link #answered}), or until it is cut ({@link #abort}). What it says goes to its {@code sink}, which one that could
 * not be read has not. Between requests the {@link State} says whether another one begins: SERVING becomes HELD_BACK
 * where the client has too much to take, and SERVING again when it has taken it ({@link #next}); from both it becomes
 * LINGERING ({@link #linger}), the end, behind the last answer, at a limit, where the data plane leaves or where the
 * client has said all. A connection that becomes a {@link #tunnel} leaves this class altogether. How long each may last
 * is the business of {@link Http1Watch}.
 */
public final class Http1Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);

    private final Client client;
    private final Pipeline pipeline;
    private final MessageWriter writer;
    private final Http1Watch watch;
    private final int mostRequests;
    private final Sweep sweep;
    private final RequestReader reader;

    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Http1Response response;
    private @Nullable RequestSink sink;
    private @Nullable ChannelSide tunnel;
    private State state = State.SERVING;
    private Remaining remaining = Remaining.ANY;
    private int requests;
    /** Whether more comes of the body of the request that runs; while lingering, whether anything may still come. */
    private boolean bodyPending;
    /** Whether the request that runs wants no more of its body for now. */
    private boolean bodyPaused;
    /** Whether the client has said that it says no more. */
    private boolean inputEnded;

    private enum State {
        /** Requests are answered as they come. */
        SERVING,
        /** The next one waits until the client has taken more of what was answered. */
        HELD_BACK,
        /** None is answered any more: what still comes is dropped until the client can have our last words. */
        LINGERING
    }

    /** How many requests are begun in future. */
    private enum Remaining {
        ANY,
        /** The connection ends with the one that runs, else with the next one. */
        ONE,
        /** The connection ends with the one that runs, or whose head has begun, else at once. */
        NONE
    }

    /** @param writer one per event loop */
    public Http1Connection(Client client, Pipeline pipeline, MessageWriter writer, Sweep sweep, Http1Limits limits) {
        this.client = client;
        this.pipeline = pipeline;
        this.writer = writer;
        this.sweep = sweep;
        this.reader = new RequestReader(limits.message(), new Incoming());
        this.mostRequests = limits.requests();
        this.watch = new Http1Watch(this, limits);
    }

    /** Adds what HTTP/1 needs to a connection that is ready to be read. */
    public void addTo(Channel channel) {
        channel.pipeline().addLast(this);
    }

    /**
     * Ends the connection after the request that runs, or whose head has begun.
     *
     * @param now whether to close where there is none, and to tell the peers of a tunnel; else the next one is still
     *     answered
     */
    public void drain(boolean now) {
        if (remaining != Remaining.NONE) {
            remaining = now ? Remaining.NONE : Remaining.ONE;
        }
        if (now && tunnel != null) {
            tunnel.leave();
        } else if (now && response == null && !reader.hasPartOfHead() && state != State.LINGERING) {
            linger();
        }
    }

    /** Answers the request that runs, or whose head has begun; an answer that has begun is cut. */
    public void shutDown() {
        if (sink != null) {
            sink.shutDown();
        } else if (reader.hasPartOfHead()) {
            refuse("-", Pipeline.unreadable(), Refusal.SHUTDOWN);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        // TLS has an end of its own, which closes both directions.
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, !client.tls());
        sweep.add(watch);
        watch.opened();
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

    // ---- reading

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            reader.read(bytes);
            reading();
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    /** What the reader finds. */
    private final class Incoming implements RequestReader.Parts {
        @Override
        public void head(Request request) {
            begin(request);
        }

        @Override
        public void data(ByteBuf data) {
            if (sink == null) {
                data.release();
            } else {
                watch.body(data.readableBytes());
                sink.data(data);
            }
        }

        @Override
        public void end(@Nullable HttpHeaders trailers) {
            bodyPending = false;
            watch.inRequest(false);
            if (sink != null) {
                sink.end(trailers);
            }
        }

        @Override
        public void unreadable(Unreadable why) {
            refuse("-", Pipeline.unreadable(), refusal(why));
        }

        @Override
        public void broken() {
            refuseBody(Refusal.BAD_FRAMING);
        }
    }

    private void begin(Request request) {
        if (++requests == mostRequests) {
            pipeline.recorder().limited(client.listener(), ConnectionLimit.MAX_REQUESTS);
        }
        if (request.version() == Version.OTHER) {
            var head = new ReceivedHead(request.method(), request.target(), null, new DefaultHttpHeaders());
            refuse(request.method(), head, Refusal.HTTP_VERSION_NOT_SUPPORTED);
            return;
        }
        boolean old = request.version() == Version.HTTP_1_0;
        boolean webSocket = Upgrades.isWebSocket(request);
        boolean keepAlive = request.keepAlive() && remaining == Remaining.ANY && requests != mostRequests && !webSocket;
        var own = new Http1Response(this, request.method(), old, keepAlive);
        response = own;
        bodyPending = request.bodyFollows();
        var head = new ReceivedHead(request.method(), request.target(), null, request.headers(), webSocket);
        watch.inRequest(bodyPending);
        RequestSink begun = pipeline.begin(client, head, bodyPending, own);
        if (response == own) {
            sink = begun;
        }
    }

    /** No header of it can be trusted, nor where it ends. */
    private void refuse(String method, ReceivedHead head, Refusal why) {
        response = new Http1Response(this, method, false, false);
        bodyPending = true;
        pipeline.refuse(client, head, why, response);
    }

    private static Refusal refusal(Unreadable why) {
        return switch (why) {
            case MALFORMED -> Refusal.MALFORMED_REQUEST;
            case LINE_TOO_LONG -> Refusal.REQUEST_LINE_TOO_LONG;
            case HEADERS_TOO_LARGE -> Refusal.HEADERS_TOO_LARGE;
        };
    }

    void pauseBody(boolean pause) {
        bodyPaused = pause;
        watch.bodyPaused(pause);
        reading();
    }

    /** Reads on while somebody wants what comes; a connection that waits for its answer is read to notice its end. */
    private void reading() {
        boolean wanted = state == State.LINGERING || !(reader.hasMore() || (bodyPaused && bodyPending));
        Channel channel = context().channel();
        if (channel.config().isAutoRead() != wanted) {
            channel.config().setAutoRead(wanted);
        }
    }

    // ---- from one request to the next

    /** The last byte of the answer was written. */
    void answered(Http1Response done, boolean keepAlive) {
        if (response != done) {
            return;
        }
        response = null;
        sink = null;
        bodyPaused = false;
        watch.bodyPaused(false);
        if (keepAlive && remaining != Remaining.NONE && !hasSaidAll()) {
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

    /** Whether nothing can follow the request that is being answered. */
    boolean isLast() {
        return remaining != Remaining.ANY || hasSaidAll();
    }

    private boolean hasSaidAll() {
        return inputEnded && !reader.hasMore();
    }

    /** Whether nothing of the answer to the request that runs was sent. */
    boolean awaitsAnswer() {
        return response != null && !response.isBegun();
    }

    /** Answers may be much larger than requests: who asks and does not read would fill memory with them. */
    private void next() {
        if (!isWritable()) {
            state = State.HELD_BACK;
            watch.takes();
            return;
        }
        state = State.SERVING;
        watch.betweenRequests();
        // Not in the middle of the pass that ended the last one: it may still touch its exchange.
        if (reader.hasMore()) {
            context().channel().eventLoop().execute(this::readWaiting);
        } else {
            reader.next();
        }
    }

    private void readWaiting() {
        reader.next();
        if (response == null && hasSaidAll()) {
            linger();
            return;
        }
        reading();
        lookAtHead();
    }

    // ---- the end of the connection

    /**
     * Closes when the client has what was answered. Closing with unread bytes, of a body or of requests that get no
     * answer, would reset the connection under the answer, so they are read and dropped a while.
     */
    private void linger() {
        state = State.LINGERING;
        bodyPending = !inputEnded && (bodyPending || reader.hasMore());
        reader.drop();
        if (!bodyPending) {
            watch.takes();
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

    /** Waits no longer for what the client still sends. */
    void endLinger() {
        bodyPending = false;
        linger();
    }

    /** HTTP is over on this connection; what came behind the last request belongs to the tunnel. */
    Side tunnel() {
        ChannelHandlerContext last = context();
        sweep.remove(watch);
        response = null;
        sink = null;
        ChannelSide side = ChannelSide.of(last.channel());
        side.early(reader.handOver());
        if (inputEnded) {
            side.inputEnded();
        }
        last.pipeline().remove(this);
        tunnel = side;
        if (remaining == Remaining.NONE) {
            last.executor().execute(side::leave);
        }
        return side;
    }

    /** The answer was cut short: only a reset tells the client so where the length is not known beforehand. */
    void reset() {
        response = null;
        sink = null;
        ChannelSide.reset(context().channel());
    }

    /** Ends a connection without a request. */
    void end(ConnectionLimit limit) {
        pipeline.recorder().limited(client.listener(), limit);
        endLinger();
    }

    boolean memoryIsShort() {
        return pipeline.memory().sheds();
    }

    /** Ends what runs: the client is gone, or takes nothing. What it has of an answer must not seem whole to it. */
    void abort(Refusal why) {
        boolean unanswered = awaitsAnswer();
        stop(why);
        if (unanswered) {
            var _ = context().close();
        } else {
            reset();
        }
    }

    /** Ends the request whose body is at fault. Its client is told so where the answer has not begun. */
    void refuseBody(Refusal why) {
        Http1Response cut = response;
        stop(why);
        if (cut == null || cut.isBegun()) {
            reset();
        } else {
            cut.refuse(why);
            linger();
        }
    }

    private void stop(Refusal why) {
        RequestSink to = sink;
        sink = null;
        response = null;
        if (to != null) {
            to.aborted(why);
        }
    }

    /** The head of a request did not come to its end in time. */
    void headTimeout() {
        refuse("-", Pipeline.unreadable(), Refusal.HEADER_TIMEOUT);
    }

    // ---- what the channel tells

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        lookAtHead();
    }

    private void lookAtHead() {
        watch.headBegun(response == null && reader.hasPartOfHead());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            halfClosed();
        }
        context.fireUserEventTriggered(event);
    }

    /**
     * The client says no more. It waits for the answers to what it has asked, or it is gone: TCP does not tell before
     * it is sent something more, which resets the connection of a client that is gone.
     */
    private void halfClosed() {
        if (response == null && !reader.hasMore()) {
            endLinger();
        } else if (bodyPending || (!watch.halfClosed() && awaitsAnswer())) {
            abort(Refusal.CLIENT_CLOSED);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!context.channel().isWritable()) {
            return;
        }
        watch.writable();
        if (sink != null) {
            sink.writable();
        } else if (state == State.HELD_BACK) {
            next();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        sweep.remove(watch);
        abort(Refusal.CLIENT_CLOSED);
        reader.drop();
        context.fireChannelInactive();
    }

    /** A lost connection is the client's affair, everything else is an error of ours; it is lost either way. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof RuntimeException && !(cause instanceof CodecException)) {
            LOG.error("HTTP/1 connection on {} ends by an error of ours", client.listener(), cause);
        }
        abort(Refusal.CLIENT_CLOSED);
    }
}
