package dev.portico.proxy.http2;

import dev.portico.proxy.frames.Codec;
import dev.portico.proxy.frames.FrameConnection;
import dev.portico.proxy.frames.FrameLimits;
import dev.portico.proxy.frames.Limits;
import dev.portico.proxy.loop.Sweep;
import dev.portico.proxy.pipeline.Client;
import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.proxy.pipeline.Pipeline;
import dev.portico.proxy.pipeline.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection. What comes in is handed to {@link Requests}.
 */
public final class Session extends FrameConnection {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final FrameLimits limits;
    private final Requests requests;
    private final Client client;
    private final Pipeline pipeline;
    private final Sweep sweep;
    private final Http2Limits patience;
    private final Deadlines deadlines;
    private boolean broken;
    private boolean late;
    private boolean draining;
    private boolean leaving;

    private Session(Codec codec, Client client, Pipeline pipeline, Sweep sweep, Http2Limits patience) {
        super(codec, settings(patience), Limits.CLIENT_WINDOW);
        this.limits = codec.limits();
        this.client = client;
        this.pipeline = pipeline;
        this.sweep = sweep;
        this.patience = patience;
        this.deadlines = new Deadlines(this, patience);
        this.requests = new Requests(this, client, pipeline, patience.requests());
        codec.decoder().frameListener(requests);
        codec.connection().addListener(requests.closings());
        codec.encoder().flowController().listener(requests::writabilityChanged);
    }

    /**
     * A connection that begins with the client's preface.
     *
     * @param pipeline of the connection's event loop
     * @param sweep of the connection's event loop
     */
    public static Session of(Client client, Pipeline pipeline, Sweep sweep, Http2Limits patience) {
        return new Session(Codec.withClient(patience.allowance()), client, pipeline, sweep, patience);
    }

    private static Http2Settings settings(Http2Limits patience) {
        return Http2Settings.defaultSettings()
                .maxConcurrentStreams(patience.requests().streams())
                .initialWindowSize(Limits.STREAM_WINDOW)
                .connectProtocolEnabled(true)
                .maxHeaderListSize(patience.allowance().headerList());
    }

    /**
     * Takes no more requests and closes when those under way are over. In two steps, so that requests which the client
     * sent before it heard of it are served too (RFC 9113 §6.8).
     */
    public void drain() {
        if (draining) {
            return;
        }
        draining = true;
        announceEnd(Integer.MAX_VALUE);
        var _ = ctx().executor()
                .schedule(this::lastStreams, patience.lastStreams().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The same, because of a limit. */
    void drain(ConnectionLimit limit) {
        if (!draining) {
            limited(limit);
            drain();
        }
    }

    /** Tells the peers of tunnels that the data plane goes away, those that begin from now on too. */
    public void leave() {
        leaving = true;
        requests.forEach(Stream::leave);
    }

    /** Answers requests that run with what can still be said. */
    public void shutDown() {
        requests.forEach(Stream::shutDown);
    }

    boolean isLeaving() {
        return leaving;
    }

    boolean memoryIsShort() {
        return pipeline.memory().sheds();
    }

    private void limited(ConnectionLimit limit) {
        pipeline.recorder().limited(client.listener(), limit);
    }

    private void lastStreams() {
        if (ctx().channel().isActive()) {
            announceEnd(connection().remote().lastStreamCreated());
            closeWhenDone();
        }
    }

    private void announceEnd(int lastStream) {
        var _ = goAway(ctx(), lastStream, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, newPromise());
        flush(ctx());
    }

    /** Closes a connection that was told to end when its last stream is over. */
    void closeWhenDone() {
        boolean announced = draining && connection().remote().lastStreamKnownByPeer() != Integer.MAX_VALUE;
        if (announced && connection().numActiveStreams() == 0) {
            flush(ctx());
            var _ = ctx().close();
        }
    }

    /** Ends the connection of a client that takes too long, with a reason that it can read. */
    void endLate(Http2Error error, String why) {
        late = true;
        onError(ctx(), false, Http2Exception.connectionError(error, "%s", why));
    }

    /** Cuts the connection to a client that does not even take our last words. */
    void abort() {
        var _ = ctx().close();
    }

    long partialFrameSince() {
        return limits.partialSince();
    }

    /** How much of a stream, or of the connection as one, the client lets us send. */
    Window windowOf(Http2Stream stream) {
        return new Window(encoder().flowController(), stream);
    }

    /** Whether anything of a stream waits for a window, its own or the connection's, or for the connection itself. */
    boolean hasPending(Http2Stream stream) {
        return encoder().flowController().hasFlowControlled(stream);
    }

    void windowOpened(int bytes) {
        deadlines.windowOpened(bytes);
    }

    /** Whether the client takes of the connection what it may, be it little. */
    boolean flows() {
        return deadlines.flows();
    }

    Requests requests() {
        return requests;
    }

    Channel channel() {
        return ctx().channel();
    }

    ChannelPromise newPromise() {
        return ctx().newPromise();
    }

    ChannelFuture writeHeaders(Http2Stream stream, Http2Headers headers, boolean last) {
        ChannelFuture written = encoder().writeHeaders(ctx(), stream.id(), headers, 0, last, newPromise());
        flushSoon();
        return written;
    }

    void writeData(Http2Stream stream, ByteBuf data, boolean last, ChannelPromise promise) {
        int bytes = data.readableBytes();
        limits.sentData(bytes);
        var _ = encoder().writeData(ctx(), stream.id(), data, 0, last, promise);
        wroteData(bytes);
    }

    void reset(Http2Stream stream, Http2Error error) {
        limits.reset(stream.id());
        var _ = encoder().writeRstStream(ctx(), stream.id(), error.code(), newPromise());
        flushSoon();
    }

    /** Refuses a stream of which nothing was done, so that the client may ask again, but not too often. */
    void refuse(Http2Stream stream) throws Http2Exception {
        reset(stream, Http2Error.REFUSED_STREAM);
        // Not when the reset is written: until then it would be one of those that run.
        var _ = stream.close();
        limits.streamError();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        super.handlerAdded(ctx);
        sweep.add(deadlines);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        if (ctx.channel().isWritable()) {
            deadlines.writable();
        }
        super.channelWritabilityChanged(ctx);
    }

    /** Whatever follows a broken frame is not looked at. */
    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (broken) {
            in.skipBytes(in.readableBytes());
        } else {
            super.decode(ctx, in, out);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        sweep.remove(deadlines);
        super.channelInactive(ctx);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        sweep.remove(deadlines);
        super.handlerRemoved0(ctx);
    }

    /** A lost connection is nobody's fault; everything else that arrives here is. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof RuntimeException && !(cause instanceof io.netty.handler.codec.CodecException)) {
            LOG.error("HTTP/2 connection ends by an error of ours", cause);
        }
        var _ = ctx.close();
    }

    @Override
    protected void onStreamError(ChannelHandlerContext ctx, boolean outbound, Throwable cause, StreamException error) {
        boolean refused = error instanceof HeaderListSizeException tooLarge
                && tooLarge.duringDecode()
                && requests.refuseTooLarge(error.streamId());
        if (!refused) {
            limits.reset(error.streamId());
            requests.closed(error.streamId(), outbound ? Refusal.INTERNAL_ERROR : Refusal.BAD_FRAMING);
            super.onStreamError(ctx, outbound, cause, error);
        }
        if (!outbound) {
            try {
                limits.streamError();
            } catch (Http2Exception flood) {
                onConnectionError(ctx, false, flood, flood);
            }
        }
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, @Nullable Http2Exception error) {
        if (broken) {
            return;
        }
        broken = true;
        if (error == null && !(cause instanceof IOException)) {
            LOG.error("HTTP/2 connection ends by an error of ours", cause);
        }
        boolean flood = !late && error != null && error.error() == Http2Error.ENHANCE_YOUR_CALM;
        if (late || flood) {
            limited(late ? ConnectionLimit.HEADER_TIMEOUT : ConnectionLimit.HTTP2_FRAMES);
        }
        requests.closedAll(late ? Refusal.CLIENT_TOO_SLOW : flood ? Refusal.TOO_MANY_FRAMES : Refusal.BAD_FRAMING);
        ctx.pipeline().addFirst(new Linger());
        super.onConnectionError(ctx, outbound, cause, error);
    }
}
