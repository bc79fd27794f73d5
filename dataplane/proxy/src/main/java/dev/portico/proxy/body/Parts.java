package dev.portico.proxy.body;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a body that wait, in their order. Small ones are joined, so that the memory they take follows from how many
 * bytes they are: a part alone costs some hundred, and a peer may send one for each byte.
 */
public final class Parts {
    /** Bytes up to which parts are joined; larger ones are never copied. */
    private static final int JOINED = 4 * 1024;

    private static final int FIRST_ROOM = 256;

    private @Nullable Queue<ByteBuf> before;
    private @Nullable ByteBuf last;
    /** Whether the last one is a copy, and nobody else's. */
    private boolean copied;

    private int bytes;

    /** Takes the buffer over. */
    public void add(ByteBuf part) {
        bytes += part.readableBytes();
        ByteBuf end = last;
        if (end == null) {
            keep(part);
        } else if (end.readableBytes() + part.readableBytes() > JOINED) {
            if (before == null) {
                before = new ArrayDeque<>(2);
            }
            before.add(end);
            keep(part);
        } else {
            join(end, part);
        }
    }

    private void keep(ByteBuf part) {
        last = part;
        copied = false;
    }

    private void join(ByteBuf end, ByteBuf part) {
        ByteBuf to = end;
        if (!copied) {
            to = end.alloc().ioBuffer(FIRST_ROOM, JOINED).writeBytes(end);
            end.release();
            last = to;
            copied = true;
        }
        to.writeBytes(part);
        part.release();
    }

    /** The first one, which the caller then owns. */
    public @Nullable ByteBuf poll() {
        ByteBuf first = before == null ? null : before.poll();
        if (first == null) {
            first = last;
            last = null;
        }
        bytes -= first == null ? 0 : first.readableBytes();
        return first;
    }

    /** The first one, unless more may be joined to it. */
    public @Nullable ByteBuf pollComplete() {
        return hasSeveral() || bytes > JOINED ? poll() : null;
    }

    public boolean hasSeveral() {
        return before != null && !before.isEmpty();
    }

    public boolean isEmpty() {
        return last == null;
    }

    /** Of all of them. */
    public int bytes() {
        return bytes;
    }

    public void release() {
        for (ByteBuf part = poll(); part != null; part = poll()) {
            part.release();
        }
    }
}
