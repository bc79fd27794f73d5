package dev.portico.proxy.http2;

import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;

/** How much a client lets us send of one stream, or of all together (RFC 9113 §5.2), and whether it takes it. */
final class Window {
    private final Http2RemoteFlowController flow;
    private final Http2Stream stream;
    private long opened;
    /** But for a constant; when it was looked at last. */
    private long taken = Long.MIN_VALUE;

    Window(Http2RemoteFlowController flow, Http2Stream stream) {
        this.flow = flow;
        this.stream = stream;
    }

    /** The client lets us send more. */
    void open(int bytes) {
        opened += bytes;
    }

    boolean isShut() {
        return flow.windowSize(stream) <= 0;
    }

    /**
     * Whether anything, however little, was taken since this was asked last. Other SETTINGS look like it; who wants to
     * hold a stream by them could as well take a byte.
     */
    boolean hasMoved() {
        long before = taken;
        taken = opened - flow.windowSize(stream);
        return taken != before;
    }
}
