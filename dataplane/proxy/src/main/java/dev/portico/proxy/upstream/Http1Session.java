package dev.portico.proxy.upstream;

import dev.portico.proxy.body.Parts;
import dev.portico.proxy.codec.Limits;
import dev.portico.proxy.codec.MessageWriter;
import dev.portico.proxy.codec.Response;
import dev.portico.proxy.codec.ResponseReader;
import dev.portico.proxy.codec.Unreadable;
import dev.portico.proxy.tunnel.ChannelSide;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.VoidChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1.1 to an endpoint: carries one attempt at a time, which has all of it for its lease, and is closed after anything
 * irregular.
 */
final class Http1Session extends ChannelInboundHandlerAdapter implements Connection, Lease {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Session.class);

    /** Beyond it a response is no response any more: each costs as much as a head and the client nothing. */
    private static final int MOST_INTERIM = 20;

    private final Pool pool;
    private final Dial dial;
    private final ResponseReader reader = new ResponseReader(Limits.DEFAULT, new Incoming());
    private @Nullable ChannelHandlerContext ctx;
    /** Of writes whose failure nobody needs to hear. */
    private @Nullable ChannelPromise unheard;

    private @Nullable Attempt attempt;
    /** Who must still be told to flush what the current read brought. */
    private @Nullable ResponseSink flushing;

    /** Of the request's body: what leaves with the next flush. */
    private final Parts held = new Parts();

    private boolean free = true;
    private boolean used;
    private boolean chunked;
    private boolean requestDone;
    private long requestBytesLeft;
    private int interims;
    private boolean headRead;
    private boolean keepAlive;
    private boolean toRelease;
    private boolean flushScheduled;
    private boolean paused;
    /** Whether the response went on since the last look. */
    private boolean resumed;
    /** Whether it was lent, and something moved, since the last look: time begins at a look, and no request reads the clock. */
    private boolean lent;

    private boolean moved;
    private long carriedAt;
    private long progressAt;
    private long pausedAt;
    private long requestBytes;
    private long freeSince = System.nanoTime();

    Http1Session(Pool pool, Dial dial) {
        this.pool = pool;
        this.dial = dial;
    }

    void addTo(ChannelPipeline pipeline) {
        pipeline.addLast(this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        unheard = new VoidChannelPromise(context.channel(), false);
    }

    private ChannelHandlerContext context() {
        if (ctx == null) {
            throw new IllegalStateException("the connection is not made yet");
        }
        return ctx;
    }

    @Override
    public int room() {
        return free && context().channel().isActive() ? 1 : 0;
    }

    @Override
    public boolean isIdleSince(long moment) {
        return free && freeSince - moment < 0;
    }

    @Override
    public boolean isWritable() {
        return context().channel().isWritable();
    }

    @Override
    public void carry(Attempt next) {
        UpstreamRequest request = next.request();
        free = false;
        attempt = next;
        next.attached(this);
        interims = 0;
        headRead = false;
        requestDone = !request.bodyFollows();
        lent = true;
        moved = true;
        String length = request.bodyFollows() ? request.headers().get(HttpHeaderNames.CONTENT_LENGTH) : "0";
        chunked = length == null;
        requestBytes = 0;
        requestBytesLeft = length == null ? Long.MAX_VALUE : Long.parseLong(length);
        reader.expect(request.method());
        ByteBuf head;
        try {
            head = head(request);
        } catch (MessageWriter.UnwritableException e) {
            next.fail(Failure.UNWRITABLE);
            return;
        }
        write(head);
        if (requestDone) {
            context().flush();
        } else {
            flushSoon();
            next.sink().ready();
        }
    }

    private ByteBuf head(UpstreamRequest request) {
        MessageWriter writer = pool.upstreams().writer();
        writer.requestLine(request.method(), request.target()).headers(request.headers());
        if (chunked) {
            writer.header(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
        }
        return writer.end(context().alloc());
    }

    /** Where it fails, the next read says how the connection ended: the answer may stand before that. */
    private void write(ByteBuf bytes) {
        var _ = context().write(bytes, Objects.requireNonNull(unheard));
    }

    @Override
    public void data(ByteBuf data) {
        int size = data.readableBytes();
        requestBytesLeft -= size;
        requestBytes += size;
        moved = true;
        if (requestBytesLeft < 0) {
            data.release();
            failAttempt(Failure.BODY_MISMATCH);
        } else if (size == 0) {
            data.release();
        } else {
            held.add(data);
            for (ByteBuf part = held.pollComplete(); part != null; part = held.pollComplete()) {
                writePart(part);
            }
        }
        flushSoon();
    }

    private void writePart(ByteBuf data) {
        if (chunked) {
            ByteBuf line = context().alloc().ioBuffer(16);
            MessageWriter.chunkHead(line, data.readableBytes());
            write(line);
        }
        write(data);
        if (chunked) {
            write(ByteBufUtil.writeAscii(context().alloc(), "\r\n"));
        }
    }

    private void writeHeld() {
        for (ByteBuf part = held.poll(); part != null; part = held.poll()) {
            writePart(part);
        }
    }

    @Override
    public void end(@Nullable HttpHeaders trailers) {
        if (!chunked && requestBytesLeft != 0) {
            failAttempt(Failure.BODY_MISMATCH);
            return;
        }
        requestDone = true;
        moved = true;
        writeHeld();
        if (chunked && !lastChunk(trailers == null ? EmptyHttpHeaders.INSTANCE : trailers)) {
            return;
        }
        flushSoon();
    }

    private boolean lastChunk(HttpHeaders trailers) {
        try {
            write(pool.upstreams().writer().lastChunk(context().alloc(), trailers));
            return true;
        } catch (MessageWriter.UnwritableException e) {
            failAttempt(Failure.UNWRITABLE);
            return false;
        }
    }

    /** Once per pass of the loop, however many parts of a body it brought. */
    private void flushSoon() {
        if (!flushScheduled) {
            flushScheduled = true;
            context().channel().eventLoop().execute(() -> {
                flushScheduled = false;
                writeHeld();
                context().flush();
            });
        }
    }

    @Override
    public void pause(boolean pause) {
        if (paused != pause) {
            paused = pause;
            resumed |= !pause;
            if (headRead) {
                moved = true;
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
    public void close() {
        free = false;
        held.release();
        var _ = context().close();
    }

    @Override
    public void check(long now) {
        Attempt current = attempt;
        if (current == null) {
            return;
        }
        if (moved) {
            progressAt = now;
            moved = false;
        }
        if (lent) {
            carriedAt = now;
            lent = false;
        }
        if (resumed || !paused) {
            pausedAt = now;
            resumed = false;
        }
        long silent = now - progressAt;
        long idle = current.request().idleNanos();
        if (silent > current.request().stallNanos()
                || (isEndpointsTurn() && idle != UpstreamRequest.NEVER && silent > idle)) {
            current.fail(silenced());
        } else if (!requestDone && !headRead && isWritable() && pool.mustMakeWay(requestBytes, now - carriedAt)) {
            current.fail(Failure.BODY_STALLED);
        } else if (headRead && paused && pool.mustMakeWay(now - pausedAt)) {
            current.fail(Failure.UNREAD);
        }
    }

    /** Whether nobody but the endpoint can go on. */
    private boolean isEndpointsTurn() {
        return requestDone ? !(headRead && paused) : !(headRead || isWritable());
    }

    private Failure silenced() {
        if (headRead) {
            return paused ? Failure.UNREAD : Failure.TRUNCATED;
        }
        return requestDone || !isWritable() ? Failure.HEAD_TIMEOUT : Failure.BODY_STALLED;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (attempt == null || !(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            toRelease = false;
            close();
            return;
        }
        if (headRead) {
            moved = true;
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
            moved = true;
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
        toRelease = keepAlive && requestDone && !((DuplexChannel) context().channel()).isOutputShutdown();
        if (!toRelease) {
            close();
        }
    }

    /** Only now is it sure that nothing came behind the response. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        ResponseSink sink = flushing;
        flushing = null;
        if (toRelease) {
            toRelease = false;
            used = true;
            if (reader.hasMore()) {
                close();
            } else {
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
        if (context().channel().isActive()) {
            free = true;
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
            moved = true;
            attempt.sink().writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        // A connection that was closed within a read may not hear that the read is complete.
        ResponseSink sink = attempt == null ? flushing : attempt.sink();
        flushing = null;
        reader.end();
        toRelease = false;
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

    /** A lost connection is the endpoint's affair, everything else is an error of ours; it is lost either way. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof RuntimeException && !(cause instanceof CodecException)) {
            LOG.error(
                    "a connection to {} ends by an error of ours",
                    pool.destination().endpoint(),
                    cause);
        }
        // Before the close, which the reader takes for the end of a response without a length.
        failAttempt(lost());
        close();
    }

    private void failAttempt(Failure failure) {
        if (attempt != null) {
            attempt.fail(failure);
        }
    }
}
