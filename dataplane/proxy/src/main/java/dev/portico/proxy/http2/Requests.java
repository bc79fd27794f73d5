package dev.portico.proxy.http2;

import dev.portico.proxy.frames.Fields;
import dev.portico.proxy.frames.PerStream;
import dev.portico.proxy.pipeline.Client;
import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.proxy.pipeline.Pipeline;
import dev.portico.proxy.pipeline.ReceivedHead;
import dev.portico.proxy.pipeline.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.function.Consumer;

/** Turns valid frames into requests, and keeps the {@link Stream} of each. */
final class Requests extends Http2FrameAdapter {
    private final Session session;
    private final Client client;
    private final Pipeline pipeline;
    private final RequestLimits limits;
    private final Http2Connection connection;
    private final PerStream<Stream> streams;
    private int count;

    Requests(Session session, Client client, Pipeline pipeline, RequestLimits limits) {
        this.session = session;
        this.client = client;
        this.pipeline = pipeline;
        this.limits = limits;
        this.connection = session.connection();
        this.streams = new PerStream<>(connection);
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
        Http2Stream stream = connection.stream(streamId);
        Stream begun = streams.of(stream);
        if (begun == null) {
            begin(stream, headers, !endOfStream);
        } else {
            begun.receivedEnd(trailers(streamId, headers));
        }
    }

    private void begin(Http2Stream stream, Http2Headers headers, boolean bodyFollows) throws Http2Exception {
        if (++count == limits.most()) {
            session.drain(ConnectionLimit.MAX_REQUESTS);
        }
        ReceivedHead head;
        Refusal refusal;
        try {
            head = Heads.request(headers);
            refusal = Heads.refusal(headers, limits);
        } catch (IllegalArgumentException e) {
            head = Pipeline.unreadable();
            refusal = Refusal.MALFORMED_REQUEST;
        }
        if (isOneTooMany(stream, head)) {
            return;
        }
        var begun = new Stream(session, stream, head, bodyFollows);
        streams.put(stream, begun);
        if (refusal == null) {
            // What follows the head of a tunnel is no body of the request.
            begun.begun(pipeline.begin(client, head, bodyFollows && !head.webSocket(), begun));
        } else {
            pipeline.refuse(client, head, refusal, begun);
        }
    }

    /** Then it is refused, whatever it says. */
    private boolean isOneTooMany(Http2Stream stream, ReceivedHead head) throws Http2Exception {
        boolean isOne = connection.remote().numActiveStreams() > limits.streams();
        if (isOne) {
            pipeline.drop(client, head, Refusal.TOO_MANY_STREAMS);
            session.refuse(stream);
        }
        return isOne;
    }

    /** Refuses a request whose head was too large to keep. False where the stream is no fresh one. */
    boolean refuseTooLarge(int streamId) {
        if (connection.streamMayHaveExisted(streamId)) {
            return false;
        }
        try {
            boolean lost = true; // whether a body follows was said in the head
            Http2Stream stream = connection.remote().createStream(streamId, lost);
            ReceivedHead head = Pipeline.unreadable();
            if (!isOneTooMany(stream, head)) {
                var begun = new Stream(session, stream, head, false);
                streams.put(stream, begun);
                pipeline.refuse(client, head, Refusal.HEADERS_TOO_LARGE, begun);
            }
            return true;
        } catch (Http2Exception e) {
            return false;
        }
    }

    private HttpHeaders trailers(int streamId, Http2Headers headers) throws Http2Exception {
        if (headers.size() > limits.fields()) {
            throw Http2Exception.streamError(streamId, Http2Error.ENHANCE_YOUR_CALM, "too many trailers");
        }
        try {
            return Fields.of(headers);
        } catch (IllegalArgumentException e) {
            throw Http2Exception.streamError(streamId, Http2Error.PROTOCOL_ERROR, e, "invalid trailer");
        }
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
        int bytes = data.readableBytes() + padding;
        Stream stream = streams.of(streamId);
        if (stream == null) {
            return bytes;
        }
        int consumed = data.isReadable() ? stream.received(data, bytes) : bytes;
        if (endOfStream) {
            stream.receivedEnd(null);
        }
        return consumed;
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) {
        closed(streamId, Refusal.CLIENT_CLOSED);
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext ctx, int streamId, int increment) {
        Stream stream = streams.of(streamId);
        if (stream != null) {
            stream.windowOpened(increment);
        } else if (streamId == Http2CodecUtil.CONNECTION_STREAM_ID) {
            session.windowOpened(increment);
        }
    }

    void writabilityChanged(Http2Stream stream) {
        Stream ours = streams.of(stream);
        if (ours != null) {
            ours.writabilityChanged();
        }
    }

    void closed(int streamId, Refusal why) {
        Stream stream = streams.of(streamId);
        if (stream != null) {
            stream.closed(why);
        }
    }

    void closedAll(Refusal why) {
        forEach(stream -> stream.closed(why));
    }

    void forEach(Consumer<Stream> action) {
        streams.forEach(action);
    }

    /** Streams that end with the connection, and all others once more. */
    Http2ConnectionAdapter closings() {
        return new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream stream) {
                Stream ours = streams.of(stream);
                if (ours != null) {
                    ours.closed(Refusal.CLIENT_CLOSED);
                }
            }

            @Override
            public void onStreamRemoved(Http2Stream stream) {
                session.closeWhenDone();
            }
        };
    }
}
