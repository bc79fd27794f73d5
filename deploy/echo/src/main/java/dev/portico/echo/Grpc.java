package dev.portico.echo;

import io.vertx.core.buffer.Buffer;

/** What an endpoint must know of gRPC. */
final class Grpc {
    static final String STATUS = "grpc-status";
    static final String TYPE = "application/grpc";
    /** How the path of a call ends whose messages come back one by one. */
    static final String TALK = "/Talk";
    /** Before every message: whether it is compressed, and its length. */
    private static final int FRAME = 5;

    private Grpc() {}

    static Buffer message(String text) {
        Buffer bytes = Buffer.buffer(text);
        return Buffer.buffer().appendByte((byte) 0).appendInt(bytes.length()).appendBuffer(bytes);
    }

    /** The message without its frame. */
    static Buffer text(Buffer message) {
        return message.slice(Math.min(FRAME, message.length()), message.length());
    }
}
