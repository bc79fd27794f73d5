package dev.portico.proxy.upstream;

import dev.portico.proxy.frames.Codec;
import dev.portico.proxy.frames.FrameConnection;
import dev.portico.proxy.frames.FrameLimits;
import dev.portico.proxy.frames.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/2 to an endpoint: carries as many attempts as the endpoint allows, a stream each.
 */
final class Http2Session extends FrameConnection implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Session.class);
    /** Identifiers of streams end; a new connection begins well before. */
    private static final int LAST_STREAM = Integer.MAX_VALUE - 4 * Limits.STREAMS;

    private final Pool pool;
    private final Dial dial;
    private final FrameLimits limits;
    private final Http2Answers answers;
    private boolean settled;
    private boolean used;
    private boolean leaving;
    private boolean broken;
    private long freeSince = System.nanoTime();
    private long readAt = System.nanoTime();
    private long pingedAt = readAt;
    /** Whether no PING was sent since the endpoint answered something. */
    private boolean unpinged = true;

    private Http2Session(Codec codec, Pool pool, Dial dial) {
        super(codec, settings(), Limits.ENDPOINT_WINDOW);
        this.pool = pool;
        this.dial = dial;
        this.limits = codec.limits();
        this.answers = new Http2Answers(this);
        codec.decoder().frameListener(answers);
        codec.connection().addListener(answers.closings());
        codec.encoder().flowController().listener(answers::writabilityChanged);
    }

    /** @param dial is told when the endpoint's SETTINGS are there, before which nothing is asked of it */
    static Http2Session of(Pool pool, Dial dial) {
        return new Http2Session(Codec.withEndpoint(), pool, dial);
    }

    private static Http2Settings settings() {
        return Http2Settings.defaultSettings()
                .pushEnabled(false)
                .initialWindowSize(Limits.STREAM_WINDOW)
                .maxHeaderListSize(Limits.HEADER_LIST_BYTES);
    }

    Pool pool() {
        return pool;
    }

    /** Whether a stream of it was answered before. */
    boolean isUsed() {
        return used;
    }

    // ---- for the pool

    @Override
    public int room() {
        if (!settled || leaving || broken || !ctx().channel().isActive()) {
            return 0;
        }
        int most = Math.min(connection().local().maxActiveStreams(), Limits.STREAMS);
        return Math.max(0, most - connection().local().numActiveStreams());
    }

    @Override
    public void carry(Attempt attempt) {
        int id = connection().local().incrementAndGetNextStreamId();
        leaving |= id > LAST_STREAM;
        limits.opened();
        var lease = new Http2Lease(this, attempt);
        attempt.attached(lease);
        lease.begin(id);
        if (connection().stream(id) == null) {
            // Not at once: the pool is in the middle of handing out.
            soon(this::offer);
        }
    }

    @Override
    public boolean isIdleSince(long moment) {
        return connection().numActiveStreams() == 0 && freeSince - moment < 0;
    }

    @Override
    public void close() {
        leaving = true;
        var _ = goAway(ctx(), 0, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, ctx().newPromise());
        flush(ctx());
        var _ = ctx().close();
    }

    /** The endpoint has said how it is to be asked. */
    void settled() {
        if (!settled) {
            settled = true;
            dial.made(this);
        } else {
            offer();
        }
    }

    /** The endpoint takes no more streams. */
    void leave() {
        leaving = true;
        closeWhenDone();
    }

    void streamEnded() {
        used = true;
        freeSince = System.nanoTime();
        closeWhenDone();
        offer();
    }

    private void offer() {
        if (room() > 0 && !pool.offers(this)) {
            pool.release(this);
        }
    }

    private void closeWhenDone() {
        if (leaving && connection().numActiveStreams() == 0) {
            var _ = ctx().close();
        }
    }

    // ---- for the streams

    /** Opens a stream for a lease; null where the connection is ending. */
    @Nullable
    Http2Stream open(Http2Lease lease, int id, Http2Headers head, boolean last) {
        writeHeaders(id, head, last);
        Http2Stream stream = connection().stream(id);
        if (stream != null) {
            answers.carries(stream, lease);
        }
        return stream;
    }

    void writeHeaders(int id, Http2Headers headers, boolean last) {
        var _ = encoder().writeHeaders(ctx(), id, headers, 0, last, ctx().newPromise());
        flushSoon();
    }

    void writeData(Http2Stream stream, ByteBuf data, boolean last) {
        int bytes = data.readableBytes();
        limits.sentData(bytes);
        var _ = encoder().writeData(ctx(), stream.id(), data, 0, last, ctx().newPromise());
        wroteData(bytes);
        flushSoon();
    }

    void reset(Http2Stream stream, Http2Error error) {
        limits.reset(stream.id());
        var _ = encoder().writeRstStream(ctx(), stream.id(), error.code(), ctx().newPromise());
        flushSoon();
    }

    /** The endpoint says something of an answer, whichever. */
    void heard() {
        unpinged = true;
    }

    /** Asks for a sign of life where there has been none for long while somebody waits for an answer. */
    void check(long now) {
        Pings pings = pool.upstreams().limits().pings();
        if (pingedAt - readAt > 0) {
            if (now - pingedAt > pings.answer().toNanos()) {
                var _ = ctx().close();
            }
        } else if (now - readAt > pings.silence().toNanos()
                && (unpinged || now - pingedAt > pings.pause().toNanos())) {
            pingedAt = now;
            unpinged = false;
            var _ = encoder().writePing(ctx(), false, now, ctx().newPromise());
            flushSoon();
        }
    }

    // ---- the channel

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        readAt = System.nanoTime();
        super.channelRead(ctx, message);
    }

    @Override
    protected void handedOver() {
        answers.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        leaving = true;
        super.channelInactive(ctx);
        // A connection that was closed within a read may not hear that the read is complete.
        answers.flush();
        dial.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        pool.tell(cause);
        var _ = ctx.close();
    }

    @Override
    protected void onStreamError(ChannelHandlerContext ctx, boolean outbound, Throwable cause, StreamException error) {
        answers.broken(error.streamId());
        limits.reset(error.streamId());
        super.onStreamError(ctx, outbound, cause, error);
        try {
            limits.streamError();
        } catch (Http2Exception flood) {
            onConnectionError(ctx, false, flood, flood);
        }
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, @Nullable Http2Exception error) {
        if (broken) {
            return;
        }
        if (cause instanceof IOException) {
            // Nothing can be written any more, but what the endpoint said before may still be unread.
            leave();
            return;
        }
        broken = true;
        if (error == null) {
            LOG.error(
                    "a connection to {} ends by an error of ours",
                    pool.destination().endpoint(),
                    cause);
        }
        answers.allBroken();
        super.onConnectionError(ctx, outbound, cause, error);
    }
}
