package dev.portico.e2e.sockets;

import io.vertx.core.buffer.Buffer;

/** What both ends must know of gRPC. */
final class Grpc {
    static final String STATUS = "grpc-status";
    static final String TYPE = "application/grpc";
    /** Before every message: whether it is compressed, and its length. */
    static final int FRAME = 5;

    private Grpc() {}

    static Buffer message(String text) {
        Buffer bytes = Buffer.buffer(text);
        return Buffer.buffer().appendByte((byte) 0).appendInt(bytes.length()).appendBuffer(bytes);
    }
}
