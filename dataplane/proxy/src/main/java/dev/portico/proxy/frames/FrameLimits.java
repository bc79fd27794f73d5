package dev.portico.proxy.frames;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import org.jspecify.annotations.Nullable;

/**
 * Counts every frame that a peer sends before anything acts on it, and ends the connection with ENHANCE_YOUR_CALM
 * where there are too many of a kind. Only here all of them pass: behind the decoder, WINDOW_UPDATE of closed streams
 * and PRIORITY of unknown ones are seen no more. How many streams a client may open is not counted here: beyond that
 * they are requests, which are refused.
 */
public final class FrameLimits implements Http2FrameReader, Http2FrameListener {
    private final Http2Connection connection;
    private final ResetStreams resetStreams;
    private final @Nullable StreamIds ids;
    private final Http2FrameReader reader;
    private final Rate resets;
    private final Rate errors;
    private final Rate settings = new Rate("SETTINGS", Limits.SETTINGS, Limits.CONTROL_PERIOD);
    private final Rate pings = new Rate("PING", Limits.PINGS, Limits.CONTROL_PERIOD);
    private final Rate others = new Rate("GOAWAY and unknown", Limits.OTHERS, Limits.CONTROL_PERIOD);
    private @Nullable Http2FrameListener listener;
    private int emptyData;
    private long dataSent;
    private long streams;
    private long priorities;
    private long windowUpdates;
    private long events;
    private long partialSince;

    FrameLimits(Http2Connection connection, Allowance allowance, Http2FrameReader reader) {
        this.connection = connection;
        this.resetStreams = new ResetStreams(connection);
        this.ids = connection.isServer() ? new StreamIds(connection, resetStreams) : null;
        this.resets = new Rate("RST_STREAM", allowance.resets(), allowance.resetsPeriod());
        this.errors = new Rate("stream errors", allowance.resets(), allowance.resetsPeriod());
        this.reader = reader;
    }

    /** Since when the peer owes the rest of a frame, as {@link System#nanoTime}; 0 where it owes nothing. */
    public long partialSince() {
        return partialSince;
    }

    /** Counts the DATA frames that so many bytes become, for the WINDOW_UPDATEs and PINGs that answer them. */
    public void sentData(int bytes) {
        dataSent += 1 + bytes / Http2CodecUtil.DEFAULT_MAX_FRAME_SIZE;
        pings.allowOneMore();
    }

    /** We opened a stream, which the peer may reset. */
    public void opened() {
        resets.allowOneMore();
        errors.allowOneMore();
    }

    /** We reset a stream. What of it was under way is dropped here; Netty would take it for a mistake. */
    public void reset(int streamId) {
        resetStreams.add(streamId);
    }

    /** The peer made us reset a stream, which costs us as much as its own reset (CVE-2025-8671). */
    public void streamError() throws Http2Exception {
        errors.count();
    }

    @Override
    public void readFrame(ChannelHandlerContext ctx, ByteBuf input, Http2FrameListener next) throws Http2Exception {
        listener = next;
        long before = events;
        reader.readFrame(ctx, input, this);
        if (events > before) {
            partialSince = 0;
        } else if (partialSince == 0) {
            partialSince = System.nanoTime();
        }
    }

    @Override
    public Configuration configuration() {
        return reader.configuration();
    }

    @Override
    public void close() {
        reader.close();
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream)
            throws Http2Exception {
        emptyData = data.isReadable() || endOfStream ? 0 : emptyData + 1;
        if (emptyData > Limits.EMPTY_DATA) {
            throw Rate.flood("empty DATA");
        }
        pings.allowOneMore();
        int bytes = data.readableBytes() + padding;
        if (resetStreams.takeData(streamId, bytes)) {
            events++;
            // The stream's window went with it; that of all streams is opened again at once.
            connection.local().flowController().receiveFlowControlledFrame(null, data, padding, endOfStream);
            return bytes;
        }
        return next().onDataRead(ctx, streamId, data, padding, endOfStream);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean endOfStream)
            throws Http2Exception {
        if (isMeant(streamId)) {
            next().onHeadersRead(ctx, streamId, headers, padding, endOfStream);
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int streamId,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        if (isMeant(streamId)) {
            next().onHeadersRead(ctx, streamId, headers, dependency, weight, exclusive, padding, endOfStream);
        }
    }

    /** Whether a head is anybody's. */
    private boolean isMeant(int streamId) throws Http2Exception {
        streams++;
        events++;
        if (resetStreams.takeHead(streamId)) {
            return false;
        }
        if (ids != null) {
            ids.head(streamId);
        }
        return true;
    }

    @Override
    public void onPriorityRead(ChannelHandlerContext ctx, int streamId, int dependency, short weight, boolean exclusive)
            throws Http2Exception {
        if (++priorities > Limits.PRIORITIES_PER_STREAM * (streams + 1)) {
            throw Rate.flood("PRIORITY");
        }
        next().onPriorityRead(ctx, streamId, dependency, weight, exclusive);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) throws Http2Exception {
        resets.count();
        if (resetStreams.contains(streamId)) {
            events++;
        } else {
            next().onRstStreamRead(ctx, streamId, errorCode);
        }
    }

    @Override
    public void onSettingsAckRead(ChannelHandlerContext ctx) throws Http2Exception {
        settings.count();
        next().onSettingsAckRead(ctx);
        if (ids != null) {
            // Netty would refuse streams beyond what we allow before anybody has seen their heads.
            connection.remote().maxActiveStreams(Integer.MAX_VALUE);
        }
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings read) throws Http2Exception {
        settings.count();
        Long table = read.headerTableSize();
        if (table != null && table > Limits.HEADER_TABLE_BYTES) {
            var _ = read.headerTableSize(Limits.HEADER_TABLE_BYTES);
        }
        next().onSettingsRead(ctx, read);
    }

    @Override
    public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
        pings.count();
        next().onPingRead(ctx, data);
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
        pings.count();
        next().onPingAckRead(ctx, data);
    }

    @Override
    public void onPushPromiseRead(
            ChannelHandlerContext ctx, int streamId, int promisedStreamId, Http2Headers headers, int padding)
            throws Http2Exception {
        next().onPushPromiseRead(ctx, streamId, promisedStreamId, headers, padding);
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext ctx, int lastStreamId, long errorCode, ByteBuf debugData)
            throws Http2Exception {
        others.count();
        next().onGoAwayRead(ctx, lastStreamId, errorCode, debugData);
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext ctx, int streamId, int increment) throws Http2Exception {
        if (++windowUpdates > Limits.WINDOW_UPDATES + Limits.WINDOW_UPDATES_PER_DATA * dataSent) {
            throw Rate.flood("WINDOW_UPDATE");
        }
        if (resetStreams.contains(streamId)) {
            events++;
        } else {
            next().onWindowUpdateRead(ctx, streamId, increment);
        }
    }

    @Override
    public void onUnknownFrame(ChannelHandlerContext ctx, byte type, int streamId, Http2Flags flags, ByteBuf payload)
            throws Http2Exception {
        others.count();
        next().onUnknownFrame(ctx, type, streamId, flags, payload);
    }

    private Http2FrameListener next() {
        events++;
        if (listener == null) {
            throw new IllegalStateException("a frame outside readFrame");
        }
        return listener;
    }
}
