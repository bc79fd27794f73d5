package dev.portico.proxy.upstream;

import dev.portico.proxy.codec.Limits;
import dev.portico.proxy.codec.Response;
import dev.portico.proxy.codec.ResponseReader;
import dev.portico.proxy.codec.Unreadable;
import dev.portico.proxy.tunnel.ChannelSide;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.VoidChannelPromise;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 to an endpoint: carries one attempt at a time, which has all of it for its lease, and is closed after
 * anything irregular.
 *
 * <p>Its {@link State}: the pool takes it from FREE to LENT ({@link #carry}); a response that is whole, behind a
 * request that is, makes it ANSWERED; the end of the read that brought the last of it makes it CLEAN, and FREE a moment
 * later ({@link #free}). Everything else makes it GONE, from wherever it was: a failed attempt, a word too many, the
 * end of the connection. While it is LENT the {@link Http1Request} may be on its way or sent, and the response awaited
 * or begun ({@code headRead}), in every combination: an endpoint may answer early.
 */
final class Http1Session extends ChannelInboundHandlerAdapter implements Connection, Lease {

    /** Beyond it a response is no response any more: each costs as much as a head and the client nothing. */
    private static final int MOST_INTERIM = 20;

    private final Pool pool;
    private final Dial dial;
    private final ResponseReader reader = new ResponseReader(Limits.DEFAULT, new Incoming());
    private final Http1Request request;
    private final Motion motion = new Motion();
    private @Nullable ChannelHandlerContext ctx;
    /** Of writes whose failure nobody needs to hear. */
    private @Nullable ChannelPromise unheard;

    private State state = State.FREE;
    /** Present while it is lent. */
    private @Nullable Attempt attempt;
    /** Who must still be told to flush what the current read brought. */
    private @Nullable ResponseSink flushing;

    /** Whether it has served before: an endpoint may have closed it meanwhile. */
    private boolean used;

    private boolean headRead;
    private boolean keepAlive;
    /** Whether some of what was asked did not reach the endpoint, which takes no more. */
    private boolean unsent;

    private boolean paused;
    private int interims;
    private long freeSince = System.nanoTime();

    private enum State {
        /** In the pool. */
        FREE,
        /** All of it belongs to an attempt. */
        LENT,
        /** The response is whole; whether nothing came behind it shows the end of this read. */
        ANSWERED,
        /** Nothing came behind it: it goes back to the pool. */
        CLEAN,
        /** Closed, or a tunnel. */
        GONE
    }

    Http1Session(Pool pool, Dial dial) {
        this.pool = pool;
        this.dial = dial;
        this.request = new Http1Request(this, pool.upstreams().writer());
    }

    void addTo(ChannelPipeline pipeline) {
        pipeline.addLast(this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        unheard = new VoidChannelPromise(context.channel(), false);
    }

    ChannelHandlerContext context() {
        if (ctx == null) {
            throw new IllegalStateException("the connection is not made yet");
        }
        return ctx;
    }

    // ---- to the pool

    @Override
    public int room() {
        return state == State.FREE && context().channel().isActive() ? 1 : 0;
    }

    @Override
    public boolean isIdleSince(long moment) {
        return state == State.FREE && freeSince - moment < 0;
    }

    @Override
    public void carry(Attempt next) {
        state = State.LENT;
        attempt = next;
        next.attached(this);
        interims = 0;
        headRead = false;
        motion.begins();
        reader.expect(next.request().method());
        Failure failure = request.begin(next.request());
        if (failure != null) {
            next.fail(failure);
        } else if (next.request().bodyFollows()) {
            next.sink().ready();
        }
    }

    @Override
    public void close() {
        state = State.GONE;
        request.drop();
        var _ = context().close();
    }

    // ---- to the attempt

    @Override
    public boolean isWritable() {
        return context().channel().isWritable();
    }

    @Override
    public void data(ByteBuf data) {
        motion.moves();
        failAttempt(request.data(data));
    }

    @Override
    public void end(@Nullable HttpHeaders trailers) {
        motion.moves();
        failAttempt(request.end(trailers));
    }

    /** Where it fails, an event says so, and what was answered may still be unread. */
    void write(ByteBuf bytes) {
        var _ = context().write(bytes, Objects.requireNonNull(unheard));
    }

    @Override
    public void pause(boolean pause) {
        if (paused != pause) {
            paused = pause;
            if (!pause) {
                motion.resumes();
            }
            if (headRead) {
                motion.moves();
            }
            context().channel().config().setAutoRead(!pause);
        }
    }

    @Override
    public void abandon() {
        attempt = null;
        flushing = null;
        close();
    }

    @Override
    public void check(long now) {
        Attempt current = attempt;
        if (current == null) {
            return;
        }
        motion.look(now, paused);
        long still = motion.still(now);
        long idle = current.request().idleNanos();
        if (still > current.request().stallNanos()
                || (isEndpointsTurn() && idle != UpstreamRequest.NEVER && still > idle)) {
            current.fail(silenced());
        } else if (!request.isDone()
                && !headRead
                && isWritable()
                && pool.mustMakeWay(request.bytes(), motion.lasted(now))) {
            current.fail(Failure.BODY_STALLED);
        } else if (headRead && paused && pool.mustMakeWay(motion.paused(now))) {
            current.fail(Failure.UNREAD);
        }
    }

    /** Whether nobody but the endpoint can go on. */
    private boolean isEndpointsTurn() {
        return request.isDone() ? !(headRead && paused) : !(headRead || isWritable());
    }

    private Failure silenced() {
        if (headRead) {
            return paused ? Failure.UNREAD : Failure.TRUNCATED;
        }
        return request.isDone() || !isWritable() ? Failure.HEAD_TIMEOUT : Failure.BODY_STALLED;
    }

    // ---- what the endpoint says

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (attempt == null || !(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            close();
            return;
        }
        if (headRead) {
            motion.moves();
        }
        flushing = attempt.sink();
        reader.read(bytes);
    }

    /** What the reader finds. */
    private final class Incoming implements ResponseReader.Parts {
        @Override
        public void head(Response response) {
            Attempt current = attempt;
            if (current != null) {
                take(current, response);
            }
        }

        @Override
        public void data(ByteBuf data) {
            if (attempt == null) {
                data.release();
            } else {
                attempt.sink().data(data);
            }
        }

        @Override
        public void end(@Nullable HttpHeaders trailers) {
            Attempt current = attempt;
            if (current != null) {
                endResponse(current);
                current.sink().end(trailers);
            }
        }

        @Override
        public void unreadable(Unreadable why) {
            failAttempt(Failure.MALFORMED);
        }

        @Override
        public void broken() {
            failAttempt(Failure.TRUNCATED);
        }
    }

    private void take(Attempt current, Response response) {
        int status = response.status();
        if ((status == 101 && !current.request().upgrade()) || (status < 200 && ++interims > MOST_INTERIM)) {
            current.fail(Failure.MALFORMED);
        } else if (status == 101) {
            upgrade(current, response.headers());
        } else if (status < 200) {
            current.sink().informational(status, response.headers());
        } else {
            headRead = true;
            motion.moves();
            keepAlive = response.keepAlive();
            boolean ended = !response.bodyFollows();
            current.sink().head(status, response.headers(), ended);
            if (ended && attempt == current) {
                endResponse(current);
            }
        }
    }

    /** HTTP is over on this connection: what the reader has of other bytes belongs to the tunnel. */
    private void upgrade(Attempt current, HttpHeaders headers) {
        ChannelHandlerContext last = context();
        state = State.GONE;
        attempt = null;
        flushing = null;
        ChannelSide side = ChannelSide.of(last.channel());
        side.early(reader.handOver());
        last.pipeline().remove(this);
        current.finish();
        pool.parted(last.channel());
        current.sink().upgraded(headers, side);
    }

    private void endResponse(Attempt current) {
        attempt = null;
        current.finish();
        if (keepAlive && request.isDone() && !unsent) {
            state = State.ANSWERED;
        } else {
            close();
        }
    }

    /** Only now is it sure that nothing came behind the response. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        ResponseSink sink = flushing;
        flushing = null;
        if (state == State.ANSWERED) {
            used = true;
            if (reader.hasMore()) {
                close();
            } else {
                state = State.CLEAN;
                pause(false);
                becomeFree();
            }
        }
        if (sink != null) {
            sink.flush();
        }
    }

    private void becomeFree() {
        if (pool.hasWaiting()) {
            // Not at once: that the endpoint closed behind its response is only read after it.
            afterNextRead(this::free);
        } else {
            free();
        }
    }

    private void free() {
        if (state == State.CLEAN && context().channel().isActive()) {
            state = State.FREE;
            freeSince = System.nanoTime();
            pool.release(this);
        }
    }

    /** Runs it when what has arrived by now is read: among the tasks behind the next look at the sockets. */
    private void afterNextRead(Runnable task) {
        EventLoop loop = context().channel().eventLoop();
        loop.execute(() -> {
            var _ = loop.schedule(task, 0, TimeUnit.NANOSECONDS);
        });
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (attempt != null && context.channel().isWritable()) {
            motion.moves();
            attempt.sink().writable();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        unsent |= event instanceof ChannelOutputShutdownEvent;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        // A connection that was closed within a read may not hear that the read is complete.
        ResponseSink sink = attempt == null ? flushing : attempt.sink();
        flushing = null;
        if (!unsent) {
            // Else it was reset, of which the kernel told the write; to the read it looks like an end.
            reader.end();
        }
        state = State.GONE;
        failAttempt(lost());
        reader.drop();
        dial.closed(this);
        if (sink != null) {
            sink.flush();
        }
    }

    private Failure lost() {
        if (headRead) {
            return Failure.TRUNCATED;
        }
        if (reader.hasPartOfHead()) {
            return Failure.MALFORMED;
        }
        return used && interims == 0 ? Failure.STALE : Failure.CLOSED;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        pool.tell(cause);
        // Before the close, which the reader takes for the end of a response without a length.
        failAttempt(lost());
        close();
    }

    private void failAttempt(@Nullable Failure failure) {
        if (failure != null && attempt != null) {
            attempt.fail(failure);
        }
    }
}
