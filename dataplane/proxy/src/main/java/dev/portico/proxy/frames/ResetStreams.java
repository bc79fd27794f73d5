package dev.portico.proxy.frames;

import io.netty.handler.codec.http2.Http2Connection;

/**
 * Streams that are over because we reset them. The peer may not have heard of it: what it had sent by then still comes
 * (RFC 9113 §5.1), is nobody's any more, and is no mistake as long as all of it together is no more than can have
 * been under way.
 */
final class ResetStreams {
    private static final int MOST_BYTES = Limits.REMEMBERED_RESETS * Limits.STREAM_WINDOW;
    private static final int MOST_HEADS = Limits.REMEMBERED_RESETS * Limits.LATE_HEADS;

    private final Http2Connection connection;
    private final int[] ids = new int[Limits.REMEMBERED_RESETS];
    private int next;
    private int highest;
    /** What may still come of all of them. */
    private int bytes;

    private int heads;

    ResetStreams(Http2Connection connection) {
        this.connection = connection;
    }

    void add(int id) {
        if (isRemembered(id)) {
            return;
        }
        ids[next] = id;
        next = (next + 1) % ids.length;
        highest = Math.max(highest, id);
        bytes = Math.min(bytes + Limits.STREAM_WINDOW, MOST_BYTES);
        heads = Math.min(heads + Limits.LATE_HEADS, MOST_HEADS);
    }

    /** Whether a stream is one of them; Netty itself ignores what comes until our RST_STREAM is written. */
    boolean contains(int id) {
        return id <= highest && connection.stream(id) == null && isRemembered(id);
    }

    /** Whether so many bytes of a body were under way. */
    boolean takeData(int id, int size) {
        if (size > bytes || !contains(id)) {
            return false;
        }
        bytes -= size;
        return true;
    }

    /** Whether a head or trailers were under way. */
    boolean takeHead(int id) {
        if (heads == 0 || !contains(id)) {
            return false;
        }
        heads--;
        return true;
    }

    private boolean isRemembered(int id) {
        for (int reset : ids) {
            if (reset == id) {
                return true;
            }
        }
        return false;
    }
}
