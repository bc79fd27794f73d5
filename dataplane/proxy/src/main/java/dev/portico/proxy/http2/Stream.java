package dev.portico.proxy.http2;

import dev.portico.proxy.body.Parts;
import dev.portico.proxy.pipeline.Downstream;
import dev.portico.proxy.pipeline.ReceivedHead;
import dev.portico.proxy.pipeline.Refusal;
import dev.portico.proxy.pipeline.RequestSink;
import dev.portico.proxy.pipeline.ResponseHead;
import dev.portico.proxy.tunnel.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/** One request and its response. */
final class Stream implements Downstream {
    private final Session session;
    private final Http2Stream stream;
    private final Window window;
    private final boolean toHead;
    private final @Nullable StreamSide side;
    private @Nullable RequestSink sink;
    /** Of the response: what leaves with the next flush, or with its end. */
    private final Parts held = new Parts();
    /** Of the request's body: what came while it was paused. */
    private final Parts waiting = new Parts();

    private @Nullable HttpHeaders waitingTrailers;
    private final boolean isConversation;
    private boolean bodyEnded;
    private boolean endWaits;
    private boolean bodyPaused;
    private boolean tunnel;
    private @Nullable ChannelFuture lastWords;
    private boolean bodySeen;
    private long bodySince;
    private long bodyBytes;
    private int withheld;
    private boolean bodyless;
    private boolean headSent;
    private boolean ended;
    private boolean dead;
    private boolean toldUnwritable;
    private long stalledSince;

    Stream(Session session, Http2Stream stream, ReceivedHead head, boolean bodyFollows) {
        this.session = session;
        this.stream = stream;
        this.window = session.windowOf(stream);
        this.toHead = head.method().equals("HEAD");
        this.isConversation = head.isConversation();
        this.bodyEnded = !bodyFollows;
        // Nothing is read for a tunnel that is not there yet.
        this.bodyPaused = head.webSocket();
        this.side = head.webSocket() ? new StreamSide(this) : null;
    }

    void begun(RequestSink begunSink) {
        sink = side == null ? begunSink : side.from(begunSink);
    }

    /** A part of the request's body arrived. Returns how much of it the client may send anew at once. */
    int received(ByteBuf data, int bytes) {
        if (sink == null || isDeaf()) {
            return bytes;
        }
        bodyBytes += data.readableBytes();
        if (bodyPaused) {
            waiting.add(data.retain());
        } else {
            sink.data(data.retain());
        }
        if (bodyPaused) {
            withheld += bytes;
            return 0;
        }
        return bytes;
    }

    void receivedEnd(@Nullable HttpHeaders trailers) {
        bodyEnded = true;
        if (!waiting.isEmpty()) {
            endWaits = true;
            waitingTrailers = trailers;
        } else if (sink != null && !isDeaf()) {
            sink.end(trailers);
        }
    }

    /** Hands over what came while the body was paused, unless it is paused again meanwhile. */
    private void handOver() {
        RequestSink to = sink;
        while (to != null && !bodyPaused && !dead && !isDeaf()) {
            ByteBuf data = waiting.poll();
            if (data != null) {
                to.data(data);
            } else if (endWaits) {
                endWaits = false;
                to.end(waitingTrailers);
            } else {
                return;
            }
        }
    }

    /** After its answer a request needs nothing more of its client; in a tunnel each direction ends by itself. */
    private boolean isDeaf() {
        return ended && !tunnel;
    }

    /** The stream is closed in both directions, in whatever way. */
    void closed(Refusal why) {
        if (dead) {
            return;
        }
        dead = true;
        release();
        if (sink != null && !isDeaf() && !isSaid()) {
            ended = true;
            sink.aborted(why);
        }
    }

    /** Whether nothing concerns the client any more, although the endpoint may not have ended its answer without a body. */
    private boolean isSaid() {
        return bodyless && bodyEnded && !endWaits;
    }

    /** Called when the flow controller has room for more, or has none any more. */
    void writabilityChanged() {
        if (toldUnwritable && sink != null && !ended && isWritable()) {
            toldUnwritable = false;
            sink.writable();
        }
    }

    void windowOpened(int bytes) {
        window.open(bytes);
    }

    /**
     * For how many nanoseconds the client takes nothing of what waits for it. Asked regularly. What was handed over to
     * the connection, or waits for it alone, is the connection's business.
     */
    long stalled(long now) {
        boolean moved = window.hasMoved();
        boolean waits = session.hasPending(stream) || (headSent && !ended && toldUnwritable);
        if (!waits || moved || (session.flows() && !window.isShut())) {
            stalledSince = now;
        }
        return now - stalledSince;
    }

    /** Why the client is too slow for us to go on; null where it is not, and for tunnels, which look by themselves. */
    @Nullable
    Refusal late(long now, Http2Limits limits) {
        if (tunnel) {
            return null;
        }
        if (!bodySeen) {
            bodySeen = true;
            bodySince = now;
        }
        if (stalled(now) > limits.writeStall().toNanos()) {
            return Refusal.CLIENT_TOO_SLOW;
        }
        return isBodyLate(now, limits) ? Refusal.BODY_TOO_SLOW : null;
    }

    /** Only until the response begins: from there on it is between client and endpoint who waits for whom. */
    private boolean isBodyLate(long now, Http2Limits limits) {
        long lasted = now - bodySince;
        return limits.bodyRate() > 0
                && !isConversation
                && !headSent
                && !bodyEnded
                && !bodyPaused
                && lasted > limits.bodyGrace().toNanos()
                && bodyBytes < lasted / 1e9 * limits.bodyRate();
    }

    /** Ends the request; a client that has no answer yet gets one. */
    void giveUp(Refusal why) {
        closed(why);
        if (!headSent && why == Refusal.BODY_TOO_SLOW) {
            var _ = session.writeHeaders(stream, Heads.status(why.status()), true);
        }
        session.reset(stream, headSent ? Http2Error.CANCEL : Http2Error.NO_ERROR);
    }

    @Override
    public void informational(ResponseHead head) {
        if (!dead && !headSent) {
            var _ = session.writeHeaders(stream, Heads.response(head), false);
        }
    }

    @Override
    public void head(ResponseHead head, boolean endedWithHead) {
        if (dead) {
            return;
        }
        headSent = true;
        bodyless = toHead || head.status() == 204 || head.status() == 304;
        boolean last = endedWithHead || bodyless;
        ended = endedWithHead;
        ChannelFuture written = session.writeHeaders(stream, Heads.response(head), last);
        if (last) {
            afterLast(written);
        }
    }

    @Override
    public Side upgrade(ResponseHead head) {
        if (side == null) {
            throw new IllegalStateException("the client asked for no tunnel");
        }
        headSent = true;
        tunnel = true;
        if (!dead) {
            var _ = session.writeHeaders(stream, Heads.opened(head), false);
        }
        if (session.isLeaving()) {
            session.soon(side::leave);
        }
        return side;
    }

    /** The data plane leaves: a tunnel is told. */
    void leave() {
        if (side != null) {
            side.leave();
        }
    }

    /** The data plane waits no longer. */
    void shutDown() {
        if (sink != null && !dead && !ended && !tunnel) {
            sink.shutDown();
        }
    }

    /** Nothing more is taken from the client: what it has not ended by then is ended behind our last words. */
    void closeTunnel() {
        tunnel = false;
        if (lastWords != null) {
            afterLast(lastWords);
        }
    }

    @Override
    public void data(ByteBuf data) {
        if (dead || bodyless) {
            data.release();
            return;
        }
        held.add(data);
        while (held.hasSeveral()) {
            writeHeld(false);
        }
    }

    @Override
    public void end(@Nullable HttpHeaders trailers) {
        ended = true;
        if (dead || bodyless) {
            return;
        }
        if (trailers == null) {
            if (held.isEmpty()) {
                held.add(Unpooled.EMPTY_BUFFER);
            }
            writeHeld(true);
        } else {
            writeHeld(false);
            Http2Headers fields = Heads.trailers(trailers);
            afterLast(session.writeHeaders(stream, fields, true));
        }
        session.flushSoon();
    }

    @Override
    public void flush() {
        writeHeld(false);
        session.flushSoon();
    }

    @Override
    public void reset() {
        if (!dead) {
            ended = true;
            dead = true;
            release();
            session.reset(stream, Http2Error.INTERNAL_ERROR);
        }
    }

    @Override
    public boolean isWritable() {
        boolean writable = !dead && session.isWritable(stream);
        if (!writable) {
            toldUnwritable = true;
        }
        return writable;
    }

    @Override
    public void pauseBody() {
        bodyPaused = true;
    }

    @Override
    public void resumeBody() {
        bodyPaused = false;
        bodySeen = false;
        bodyBytes = 0;
        handOver();
        int taken = withheld - waiting.bytes();
        if (taken > 0 && !dead) {
            withheld -= taken;
            session.giveBack(stream, taken);
        }
    }

    private void writeHeld(boolean last) {
        ByteBuf data = held.poll();
        if (data != null) {
            ChannelPromise promise = session.newPromise();
            session.writeData(stream, data, last, promise);
            if (last) {
                afterLast(promise);
            }
        }
    }

    /** A client that still sends a body nobody reads is told to stop, once it has the whole response. */
    private void afterLast(ChannelFuture written) {
        lastWords = written;
        if (tunnel || !stream.state().remoteSideOpen()) {
            return;
        }
        var _ = written.addListener(done -> {
            if (done.isSuccess() && !dead && stream.state().remoteSideOpen()) {
                session.reset(stream, Http2Error.NO_ERROR);
            }
        });
    }

    private void release() {
        held.release();
        waiting.release();
    }
}
