package dev.portico.proxy.upstream;

import dev.portico.proxy.body.Parts;
import dev.portico.proxy.codec.MessageWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** The request that a session carries now: frames its body by the length that it announced, or in chunks. */
final class Http1Request {
    private final Http1Session session;
    private final MessageWriter writer;
    /** Of the body: what leaves with the next flush. */
    private final Parts held = new Parts();

    private boolean chunked;
    private boolean done;
    private long left;
    private long sent;
    private boolean flushScheduled;

    /** @param writer one per event loop */
    Http1Request(Http1Session session, MessageWriter writer) {
        this.session = session;
        this.writer = writer;
    }

    /** Begins another one. Says what is wrong with its head, if anything; nothing of it was sent then. */
    @Nullable
    Failure begin(UpstreamRequest request) {
        done = !request.bodyFollows();
        sent = 0;
        String length = done ? "0" : request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        chunked = length == null;
        left = length == null ? Long.MAX_VALUE : Long.parseLong(length);
        try {
            session.write(head(request));
        } catch (MessageWriter.UnwritableException e) {
            return Failure.UNWRITABLE;
        }
        if (done) {
            context().flush();
        } else {
            flushSoon();
        }
        return null;
    }

    private ByteBuf head(UpstreamRequest request) {
        writer.requestLine(request.method(), request.target()).headers(request.headers());
        if (chunked) {
            writer.header(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
        } else if (done && lacksLength(request)) {
            writer.header(HttpHeaderNames.CONTENT_LENGTH, "0");
        }
        return writer.end(context().alloc());
    }

    /** Whether its method expects a body and nothing says that there is none, for which some ask with 411 (RFC 9110 §8.6). */
    private static boolean lacksLength(UpstreamRequest request) {
        return switch (request.method()) {
            case "POST", "PUT", "PATCH" -> !request.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
            default -> false;
        };
    }

    /** Whether it was sent to its end. */
    boolean isDone() {
        return done;
    }

    /** How many bytes of the body came so far. */
    long bytes() {
        return sent;
    }

    /** Takes the buffer over. Says what is wrong with the body, if anything. */
    @Nullable
    Failure data(ByteBuf data) {
        int size = data.readableBytes();
        left -= size;
        sent += size;
        if (left < 0) {
            data.release();
            return Failure.BODY_MISMATCH;
        }
        if (size == 0) {
            data.release();
        } else {
            held.add(data);
            for (ByteBuf part = held.pollComplete(); part != null; part = held.pollComplete()) {
                writePart(part);
            }
        }
        flushSoon();
        return null;
    }

    /** Says what is wrong with the body as a whole, if anything. */
    @Nullable
    Failure end(@Nullable HttpHeaders trailers) {
        if (!chunked && left != 0) {
            return Failure.BODY_MISMATCH;
        }
        done = true;
        writeHeld();
        if (chunked) {
            HttpHeaders last = trailers == null ? EmptyHttpHeaders.INSTANCE : trailers;
            try {
                session.write(writer.lastChunk(context().alloc(), last));
            } catch (MessageWriter.UnwritableException e) {
                return Failure.UNWRITABLE;
            }
        }
        flushSoon();
        return null;
    }

    private void writePart(ByteBuf data) {
        if (chunked) {
            ByteBuf line = context().alloc().ioBuffer(16);
            MessageWriter.chunkHead(line, data.readableBytes());
            session.write(line);
        }
        session.write(data);
        if (chunked) {
            session.write(ByteBufUtil.writeAscii(context().alloc(), "\r\n"));
        }
    }

    private void writeHeld() {
        for (ByteBuf part = held.poll(); part != null; part = held.poll()) {
            writePart(part);
        }
    }

    /** Once per pass of the loop, however many parts of a body it brought. */
    private void flushSoon() {
        if (!flushScheduled) {
            flushScheduled = true;
            context().channel().eventLoop().execute(() -> {
                flushScheduled = false;
                writeHeld();
                context().flush();
            });
        }
    }

    void drop() {
        held.release();
    }

    private ChannelHandlerContext context() {
        return session.context();
    }
}
