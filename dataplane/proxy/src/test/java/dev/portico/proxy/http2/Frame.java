package dev.portico.proxy.http2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A frame as it is on the wire. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Frame(int type, int flags, int stream, byte[] payload) {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int ACK = 1;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The error code of RST_STREAM or GOAWAY. */
    int error() {
        return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
    }

    /** The last stream of GOAWAY. */
    int lastStream() {
        return ByteBuffer.wrap(payload).getInt(0);
    }

    String text() {
        return new String(payload, StandardCharsets.US_ASCII);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }
}
