package dev.portico.proxy.intake;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The body of a request for a thread that blocks: a part is asked for when the former one is read, so memory is bounded. */
final class BodyStream extends InputStream {
    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final HttpServerRequest request;
    private final long maxBytes;
    private long received;
    private byte[] current = {};
    private int position;
    private boolean ended;

    /** Made on the event loop, before any part of the body has come. */
    BodyStream(HttpServerRequest request, long maxBytes) {
        this.request = request;
        this.maxBytes = maxBytes;
        request.pause();
        request.handler(buffer -> parts.add(new Part.Bytes(buffer)));
        request.endHandler(_ -> parts.add(new Part.End(null)));
        request.exceptionHandler(failure -> parts.add(new Part.End(failure)));
        request.fetch(1);
    }

    @Override
    public int read() throws IOException {
        return available() > 0 ? current[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = Math.min(length, available());
        if (count == 0) {
            return length == 0 ? 0 : -1;
        }
        System.arraycopy(current, position, into, offset, count);
        position += count;
        return count;
    }

    /** Waits for more where there is none; 0 means the end. */
    @Override
    public int available() throws IOException {
        while (position == current.length && !ended) {
            take();
        }
        return current.length - position;
    }

    private void take() throws IOException {
        switch (next()) {
            case Part.Bytes(Buffer buffer) -> {
                received += buffer.length();
                if (received > maxBytes) {
                    throw new IOException("the push has more than " + maxBytes + " bytes");
                }
                current = buffer.getBytes();
                position = 0;
                request.fetch(1);
            }
            case Part.End(Throwable failure) -> {
                ended = true;
                if (failure != null) {
                    throw new IOException("the push was cut short", failure);
                }
            }
        }
    }

    private Part next() throws IOException {
        try {
            Part part = parts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (part == null) {
                throw new IOException("nothing came for " + PATIENCE_SECONDS + " s");
            }
            return part;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private sealed interface Part {
        record Bytes(Buffer buffer) implements Part {}

        record End(@Nullable Throwable failure) implements Part {}
    }
}
