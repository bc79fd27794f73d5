package dev.portico.e2e.websocket;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a client hears, in its order. */
final class Heard {
    private final BlockingQueue<Object> all = new LinkedBlockingQueue<>();

    /** A pong, with what the ping said. */
    record Pong(String payload) {}

    /** The peer closed. */
    record Closed(int code, String reason) {}

    void text(String text) {
        all.add(text);
    }

    void binary(ByteBuffer data) {
        all.add(copy(data));
    }

    void pong(ByteBuffer payload) {
        all.add(new Pong(new String(copy(payload), java.nio.charset.StandardCharsets.US_ASCII)));
    }

    void closed(int code, String reason) {
        all.add(new Closed(code, reason));
    }

    void failed(Throwable why) {
        all.add(why);
    }

    /** The next thing. */
    Object next() throws InterruptedException {
        Object next = all.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was heard within 30 s");
        }
        return next;
    }

    static byte[] copy(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return bytes;
    }
}
