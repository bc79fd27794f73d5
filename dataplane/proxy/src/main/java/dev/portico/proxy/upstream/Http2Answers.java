package dev.portico.proxy.upstream;

import dev.portico.proxy.frames.Fields;
import dev.portico.proxy.frames.Limits;
import dev.portico.proxy.frames.PerStream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayList;
import java.util.List;

/** Hands the frames of an endpoint to the {@link Http2Lease} of their stream. */
final class Http2Answers extends Http2FrameAdapter {
    private final Http2Session session;
    private final Http2Connection connection;
    private final PerStream<Http2Lease> leases;
    /** Who must still be told to flush what the current read brought. */
    private final List<Http2Lease> touched = new ArrayList<>();

    Http2Answers(Http2Session session) {
        this.session = session;
        this.connection = session.connection();
        this.leases = new PerStream<>(connection);
    }

    void carries(Http2Stream stream, Http2Lease lease) {
        leases.put(stream, lease);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) {
        session.settled();
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
        onHeadersRead(ctx, streamId, headers, padding, endOfStream);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean endOfStream)
            throws Http2Exception {
        Http2Lease lease = leases.of(streamId);
        if (lease == null) {
            return;
        }
        if (headers.size() > Limits.HEADER_FIELDS + 1) {
            throw Http2Exception.streamError(streamId, Http2Error.ENHANCE_YOUR_CALM, "too many fields");
        }
        touch(lease);
        try {
            lease.head(headers.status(), Fields.of(headers), endOfStream);
        } catch (IllegalArgumentException e) {
            throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, e, "invalid field");
        }
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream)
            throws Http2Exception {
        int bytes = data.readableBytes() + padding;
        Http2Lease lease = leases.of(streamId);
        if (lease == null) {
            return bytes;
        }
        touch(lease);
        return lease.received(data, bytes, endOfStream);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) {
        Http2Lease lease = leases.of(streamId);
        if (lease != null) {
            lease.reset(errorCode);
        }
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext ctx, int lastStreamId, long errorCode, ByteBuf debugData) {
        session.leave();
    }

    /** It was forbidden by our SETTINGS. */
    @Override
    public void onPushPromiseRead(
            ChannelHandlerContext ctx, int streamId, int promisedStreamId, Http2Headers headers, int padding)
            throws Http2Exception {
        throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "PUSH_PROMISE");
    }

    private void touch(Http2Lease lease) {
        session.heard();
        if (touched.isEmpty() || touched.getLast() != lease) {
            touched.add(lease);
        }
    }

    /** All that was read at once has been handed over. */
    void flush() {
        touched.forEach(Http2Lease::flush);
        touched.clear();
    }

    void writabilityChanged(Http2Stream stream) {
        Http2Lease lease = leases.of(stream);
        if (lease != null) {
            lease.writabilityChanged();
        }
    }

    /** The stream breaks the rules. */
    void broken(int streamId) {
        Http2Lease lease = leases.of(streamId);
        if (lease != null) {
            lease.malformed();
        }
    }

    void allBroken() {
        leases.forEach(Http2Lease::malformed);
    }

    /** Streams that end with the connection or by GOAWAY, and all others once more. */
    Http2ConnectionAdapter closings() {
        return new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream stream) {
                Http2Lease lease = leases.of(stream);
                if (lease != null) {
                    boolean unseen = connection.goAwayReceived()
                            && stream.id() > connection.local().lastStreamKnownByPeer();
                    lease.closed(unseen);
                }
            }

            @Override
            public void onStreamRemoved(Http2Stream stream) {
                session.streamEnded();
            }
        };
    }
}
