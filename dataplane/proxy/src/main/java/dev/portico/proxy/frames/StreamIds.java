package dev.portico.proxy.frames;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * Refuses heads on streams that are over (RFC 9113 §5.1, §5.1.1), where Netty forgives. A head may still come for a
 * stream that we reset: the client may not have heard of it.
 */
final class StreamIds {
    private final Http2Connection connection;
    private final ResetStreams resets;
    private int last = -1;
    private int gapFrom = -1;
    private int gapTo = -1;

    StreamIds(Http2Connection connection, ResetStreams resets) {
        this.connection = connection;
        this.resets = resets;
    }

    void head(int id) throws Http2Exception {
        if (id > last) {
            if (id > last + 2) {
                gapFrom = last;
                gapTo = id;
            }
            last = id;
            return;
        }
        Http2Stream stream = connection.stream(id);
        if (stream != null) {
            if (!stream.state().remoteSideOpen() && !stream.isResetSent()) {
                throw Http2Exception.streamError(id, Http2Error.STREAM_CLOSED, "a head after the request's end");
            }
        } else if (!resets.contains(id)) {
            boolean neverOpened = id > gapFrom && id < gapTo;
            throw Http2Exception.connectionError(
                    neverOpened ? Http2Error.PROTOCOL_ERROR : Http2Error.STREAM_CLOSED, "a head on stream %d", id);
        }
    }
}
