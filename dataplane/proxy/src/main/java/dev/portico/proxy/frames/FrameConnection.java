package dev.portico.proxy.frames;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/**
 * A connection with either side, but for what its streams mean: has its place in a channel, keeps its window wide, and
 * writes out what streams send once in each pass of the event loop.
 */
public abstract class FrameConnection extends Http2ConnectionHandler {
    /** Bytes of DATA: of what is not flushed no water mark knows, and a window may be as wide as the peer likes. */
    private static final int MOST_UNFLUSHED = 64 * 1024;

    private final int window;
    private final Runnable flushTask = this::flushNow;
    private @Nullable ChannelHandlerContext context;
    private boolean reading;
    private boolean flushScheduled;
    private int unflushed;

    /** @param window of the whole connection, in bytes */
    protected FrameConnection(Codec codec, Http2Settings settings, int window) {
        super(codec.decoder(), codec.encoder(), settings, true);
        this.window = window;
    }

    protected final ChannelHandlerContext ctx() {
        if (context == null) {
            throw new IllegalStateException("the connection is in no pipeline");
        }
        return context;
    }

    public final boolean isWritable(Http2Stream stream) {
        return encoder().flowController().isWritable(stream);
    }

    /** Lets the peer send as much again as was consumed. */
    public final void giveBack(Http2Stream stream, int bytes) {
        try {
            if (decoder().flowController().consumeBytes(stream, bytes)) {
                flushSoon();
            }
        } catch (Http2Exception e) {
            onError(ctx(), true, e);
        }
    }

    /** Runs it at the end of this pass of the loop. */
    public final void soon(Runnable task) {
        ctx().executor().execute(task);
    }

    /** Writes out at the end of this pass of the loop. */
    public final void flushSoon() {
        if (!reading && !flushScheduled) {
            flushScheduled = true;
            soon(flushTask);
        }
    }

    /** So much DATA was written. Where that is much, it does not wait for the end of this pass. */
    protected final void wroteData(int bytes) {
        unflushed += bytes;
        if (unflushed >= MOST_UNFLUSHED) {
            flush(ctx());
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        unflushed = 0;
        super.flush(ctx);
    }

    private void flushNow() {
        flushScheduled = false;
        flush(ctx());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        context = ctx;
        super.handlerAdded(ctx);
        if (ctx.channel().isActive()) {
            widen();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        super.channelActive(ctx);
        widen();
    }

    /** The connection's window is no setting: it is widened by a WINDOW_UPDATE behind the SETTINGS. */
    private void widen() throws Http2Exception {
        Http2Stream all = connection().connectionStream();
        int missing = window - decoder().flowController().windowSize(all);
        if (missing > 0) {
            decoder().flowController().incrementWindowSize(all, missing);
            flush(ctx());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        reading = true;
        super.channelRead(ctx, message);
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        reading = false;
        handedOver();
        super.channelReadComplete(ctx);
    }

    /** All that was read at once has been handed over. */
    protected void handedOver() {}
}
