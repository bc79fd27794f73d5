package dev.portico.proxy.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message after the other out of the bytes of a connection, each octet of a head checked once. Stops behind
 * each message until it is told to go on. Belongs to one event loop.
 */
public abstract sealed class MessageReader permits RequestReader, ResponseReader {
    private final Limits limits;
    private final Parts parts;
    private final Lines lines = new Lines();
    private final ChunkLine chunkLine = new ChunkLine();

    private State state = State.STOPPED;
    private @Nullable ByteBuf in;
    private boolean going;
    private ReadHeaders headers = new ReadHeaders();
    private int headerBytes;
    private long left;

    private enum State {
        STOPPED,
        START,
        HEAD,
        BODY,
        BODY_TO_END,
        CHUNK_LINE,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        DROPPING
    }

    /** Takes what a message has behind its head, and what is no message. Any call may stop the reader. */
    public interface Parts {
        /** A part of the body, never empty. Takes the buffer over. */
        void data(ByteBuf data);

        /** The end of a message that has a body. */
        void end(@Nullable HttpHeaders trailers);

        /** Instead of a head. Nothing follows. */
        void unreadable(Unreadable why);

        /** Instead of the rest of a body. Nothing follows. */
        void broken();
    }

    MessageReader(Limits limits, Parts parts) {
        this.limits = limits;
        this.parts = parts;
    }

    /** Reads on. Takes the buffer over; what lies behind a message is kept until the next one is wanted. */
    public final void read(ByteBuf bytes) {
        in = in == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(bytes.alloc(), in, bytes);
        go();
    }

    /** Whether bytes came that belong to no message yet. */
    public final boolean hasMore() {
        return in != null && in.isReadable();
    }

    /** Whether some bytes of a head have come, but not all. */
    public final boolean hasPartOfHead() {
        return state == State.HEAD || (state == State.START && lines.hasPart());
    }

    /** Drops what there is and what still comes. */
    public final void drop() {
        state = State.DROPPING;
        lines.begin();
        go();
    }

    /** Ends reading between two messages, for another protocol. Gives what was not read; may be empty. */
    public final ByteBuf handOver() {
        ByteBuf rest = in;
        in = null;
        drop();
        return rest == null ? Unpooled.EMPTY_BUFFER : rest;
    }

    final void startMessage() {
        if (state == State.STOPPED) {
            state = State.START;
            go();
        }
    }

    /** Reads a line that is not empty. */
    abstract void startLine(byte[] line, int start, int end) throws UnreadableException;

    /** Whether empty lines before a message are skipped (RFC 9112 §2.2). */
    abstract boolean skipsEmptyLines();

    /** Whether space between a name and its colon is dropped; else it is malformed (RFC 9112 §5.1). */
    abstract boolean dropsSpaceBeforeColon();

    /** Says by {@link #body} what follows, and tells of the head. */
    abstract void head(ReadHeaders read) throws UnreadableException;

    // ---- steps

    private void go() {
        if (going) {
            return; // called by a part: the loop below goes on by itself
        }
        going = true;
        try {
            ByteBuf from = in;
            while (from != null && from.isReadable() && step(from)) {
                from = in;
            }
        } catch (UnreadableException e) {
            fail(e.why());
        } finally {
            going = false;
        }
        if (in != null && (state == State.DROPPING || !in.isReadable())) {
            in.release();
            in = null;
        }
    }

    private void fail(Unreadable why) {
        boolean inHead = state == State.START || state == State.HEAD;
        state = State.DROPPING;
        lines.begin();
        if (inHead) {
            parts.unreadable(why);
        } else {
            parts.broken();
        }
    }

    /** False where nothing more can be read for now. */
    private boolean step(ByteBuf from) throws UnreadableException {
        return switch (state) {
            case STOPPED, DROPPING -> false;
            case START -> start(from);
            case HEAD -> fields(from);
            case BODY, BODY_TO_END, CHUNK -> data(from);
            case CHUNK_LINE -> chunkLine(from);
            case CHUNK_END -> chunkEnd(from);
            case TRAILERS -> trailers(from);
        };
    }

    private boolean start(ByteBuf from) throws UnreadableException {
        while (lines.find(from, limits.line(), Unreadable.LINE_TOO_LONG)) {
            if (lines.end() > lines.start()) {
                startLine(lines.bytes(), lines.start(), lines.end());
                state = State.HEAD;
                return fields(from);
            }
            UnreadableException.unless(skipsEmptyLines());
            if (lines.end() > limits.line()) {
                throw new UnreadableException(Unreadable.LINE_TOO_LONG);
            }
        }
        return false;
    }

    private boolean fields(ByteBuf from) throws UnreadableException {
        if (!readFields(from)) {
            return false;
        }
        head(taken());
        return true;
    }

    private ReadHeaders taken() {
        ReadHeaders read = headers;
        headers = new ReadHeaders();
        headerBytes = 0;
        return read;
    }

    /** True at the empty line. */
    private boolean readFields(ByteBuf from) throws UnreadableException {
        while (lines.find(from, limits.headers() - headerBytes, Unreadable.HEADERS_TOO_LARGE)) {
            int length = lines.end() - lines.start();
            if (length == 0) {
                lines.giveBack(from);
                lines.begin();
                return true;
            }
            headerBytes += length;
            if (headers.size() == limits.fields()) {
                throw new UnreadableException(Unreadable.HEADERS_TOO_LARGE);
            }
            field(lines.bytes(), lines.start(), lines.end());
        }
        return false;
    }

    private void field(byte[] line, int start, int end) throws UnreadableException {
        int nameEnd = start;
        while (nameEnd < end && Octets.isToken(line[nameEnd])) {
            nameEnd++;
        }
        int colon = dropsSpaceBeforeColon() ? afterSpace(line, nameEnd, end) : nameEnd;
        UnreadableException.unless(nameEnd > start && colon < end && line[colon] == ':');
        int valueStart = afterSpace(line, colon + 1, end);
        int valueEnd = end;
        while (valueEnd > valueStart && Octets.isSpace(line[valueEnd - 1])) {
            valueEnd--;
        }
        for (int i = valueStart; i < valueEnd; i++) {
            UnreadableException.unless(Octets.isText(line[i]));
        }
        headers.read(line, start, nameEnd, valueStart, valueEnd);
    }

    private static int afterSpace(byte[] line, int from, int end) {
        int at = from;
        while (at < end && Octets.isSpace(line[at])) {
            at++;
        }
        return at;
    }

    /** Says what follows the head: a length, or what {@link Framing} knows. False where nothing does. */
    final boolean body(long length) {
        left = length;
        if (length == Framing.CHUNKED) {
            chunkLine.begin();
            state = State.CHUNK_LINE;
        } else if (length == Framing.TO_END) {
            state = State.BODY_TO_END;
        } else {
            state = length == 0 ? State.STOPPED : State.BODY;
        }
        return state != State.STOPPED;
    }

    private boolean data(ByteBuf from) {
        boolean whole = state == State.BODY_TO_END || from.readableBytes() <= left;
        ByteBuf data = whole ? from : from.readRetainedSlice((int) left);
        if (whole) {
            in = null;
        }
        left -= data.readableBytes();
        if (state == State.CHUNK && left == 0) {
            state = State.CHUNK_END;
            left = 2;
        }
        parts.data(data);
        if (state == State.BODY && left == 0) {
            end(null);
        }
        return true;
    }

    private boolean chunkLine(ByteBuf from) throws UnreadableException {
        while (from.isReadable()) {
            if (chunkLine.take(from.readByte(), limits.line())) {
                left = chunkLine.size();
                state = left == 0 ? State.TRAILERS : State.CHUNK;
                return true;
            }
        }
        return false;
    }

    private boolean chunkEnd(ByteBuf from) throws UnreadableException {
        UnreadableException.unless(from.readByte() == (left == 2 ? '\r' : '\n'));
        left--;
        if (left == 0) {
            chunkLine.begin();
            state = State.CHUNK_LINE;
        }
        return true;
    }

    private boolean trailers(ByteBuf from) throws UnreadableException {
        if (!readFields(from)) {
            return false;
        }
        ReadHeaders read = taken();
        Framing.removeFrom(read);
        end(read.isEmpty() ? null : read);
        return true;
    }

    private void end(@Nullable HttpHeaders trailers) {
        state = State.STOPPED;
        parts.end(trailers);
    }

    /** The connection has ended: so has a body that lasts as long as it. */
    final void endOfConnection() {
        if (state == State.BODY_TO_END) {
            end(null);
        }
    }
}
