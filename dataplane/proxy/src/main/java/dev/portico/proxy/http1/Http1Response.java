package dev.portico.proxy.http1;

import dev.portico.proxy.codec.MessageWriter;
import dev.portico.proxy.pipeline.Downstream;
import dev.portico.proxy.pipeline.Refusal;
import dev.portico.proxy.pipeline.ResponseHead;
import dev.portico.proxy.tunnel.Side;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** The answer to one request: frames it, and decides whether the connection lives on. Dead after its end. */
final class Http1Response implements Downstream {
    private static final int SMALL = 4 * 1024;
    private static final short NEW_LINE = '\r' << 8 | '\n';

    private final Http1Connection connection;
    private final boolean toHead;
    private final boolean old;
    private boolean keepAlive;

    /** The head and what fits behind it leave in one buffer. */
    private @Nullable ByteBuf pending;

    private boolean begun;
    private boolean chunked;
    private long left;
    private boolean over;

    Http1Response(Http1Connection connection, String method, boolean old, boolean keepAlive) {
        this.connection = connection;
        this.toHead = method.equals("HEAD");
        this.old = old;
        this.keepAlive = keepAlive;
    }

    boolean isBegun() {
        return begun;
    }

    @Override
    public void informational(ResponseHead head) {
        if (over || begun || old) {
            return;
        }
        MessageWriter writer = connection.writer();
        write(writer.statusLine(head.status())
                .headers(head.headers())
                .end(context().alloc()));
        context().flush();
    }

    @Override
    public void head(ResponseHead head, boolean ended) {
        if (over) {
            return;
        }
        begun = true;
        connection.watch().answers();
        int status = head.status();
        boolean bodiless = toHead || status == 204 || status == 304;
        if (ended && !bodiless && !head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            head.headers().set(HttpHeaderNames.CONTENT_LENGTH, "0");
        }
        String length = head.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        chunked = !bodiless && length == null && !old;
        left = bodiless ? 0 : length == null ? Long.MAX_VALUE : Long.parseLong(length);
        keepAlive = keepAlive
                && connection.requestIsRead()
                && !connection.isLast()
                && (chunked || bodiless || length != null);
        pending = write(head);
        if (ended) {
            left = 0;
            chunked = false;
            finish();
        }
    }

    @Override
    public Side upgrade(ResponseHead head) {
        begun = true;
        over = true;
        write(connection
                .writer()
                .statusLine(head.status())
                .headers(head.headers())
                .header(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .header(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .end(context().alloc()));
        return connection.tunnel();
    }

    private ByteBuf write(ResponseHead head) {
        MessageWriter writer = connection.writer().statusLine(head.status()).headers(head.headers());
        if (chunked) {
            writer.header(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
        }
        if (!keepAlive) {
            writer.header(HttpHeaderNames.CONNECTION, "close");
        } else if (old) {
            writer.header(HttpHeaderNames.CONNECTION, "keep-alive");
        }
        int room = left == Long.MAX_VALUE ? 0 : (int) Math.min(left, SMALL);
        return writer.end(context().alloc(), room);
    }

    @Override
    public void data(ByteBuf data) {
        int size = data.readableBytes();
        if (over || size == 0 || toHead) {
            data.release();
            return;
        }
        if (!chunked && left != Long.MAX_VALUE) {
            left -= size;
            if (left < 0) {
                data.release();
                reset();
                return;
            }
        }
        if (pending != null && size <= SMALL) {
            chunkHead(pending, size);
            pending.writeBytes(data);
            data.release();
            chunkEnd(pending);
            return;
        }
        if (chunked && pending == null) {
            pending = context().alloc().ioBuffer(16);
        }
        if (chunked && pending != null) {
            chunkHead(pending, size);
        }
        writePending();
        write(data);
        if (chunked) {
            pending = context().alloc().ioBuffer(256);
            chunkEnd(pending);
        }
    }

    private void chunkHead(ByteBuf to, int size) {
        if (chunked) {
            MessageWriter.chunkHead(to, size);
        }
    }

    private void chunkEnd(ByteBuf to) {
        if (chunked) {
            to.writeShort(NEW_LINE);
        }
    }

    @Override
    public void end(@Nullable HttpHeaders trailers) {
        if (over) {
            return;
        }
        if (!chunked && left != 0 && left != Long.MAX_VALUE) {
            reset();
            return;
        }
        if (chunked) {
            HttpHeaders last = trailers == null ? EmptyHttpHeaders.INSTANCE : trailers;
            ByteBuf chunk = connection.writer().lastChunk(context().alloc(), last);
            if (pending == null) {
                pending = chunk;
            } else {
                pending.writeBytes(chunk);
                chunk.release();
            }
        }
        finish();
    }

    private void finish() {
        writePending();
        over = true;
        connection.answered(this, keepAlive);
    }

    /** A short answer to a request that was broken off before the pipeline could answer. */
    void refuse(Refusal why) {
        keepAlive = false;
        var headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.CONTENT_LENGTH, "0");
        begun = true;
        over = true;
        write(write(new ResponseHead(why.status(), headers)));
        context().flush();
    }

    private void writePending() {
        if (pending != null) {
            ByteBuf full = pending;
            pending = null;
            write(full);
        }
    }

    private void write(ByteBuf bytes) {
        var _ = context().write(bytes, context().voidPromise());
    }

    @Override
    public void flush() {
        writePending();
        context().flush();
    }

    @Override
    public void reset() {
        if (over) {
            return;
        }
        over = true;
        if (pending != null) {
            pending.release();
            pending = null;
        }
        connection.reset();
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }

    @Override
    public void pauseBody() {
        if (!over) {
            connection.pauseBody(true);
        }
    }

    @Override
    public void resumeBody() {
        if (!over) {
            connection.pauseBody(false);
        }
    }

    @Override
    public void closeAfter() {
        keepAlive = false;
    }

    private ChannelHandlerContext context() {
        return connection.context();
    }
}
