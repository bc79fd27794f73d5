package dev.portico.proxy.codec;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Cuts a head, or trailers, into lines, however they come in. A line ends with CRLF and nothing else: a peer for which
 * a bare LF ended it too would see other lines than we (RFC 9112 §2.2).
 */
final class Lines {
    private static final int FEW = 512;
    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int length;
    private int scanned;
    private int start;
    private int end;
    private int next;

    /** Forgets everything: what comes now begins with a line. */
    void begin() {
        bytes = NONE;
        length = 0;
        scanned = 0;
        next = 0;
    }

    /** Finds the next line. Takes more than it, for the lines that follow: after the last one call {@link #giveBack}. */
    boolean find(ByteBuf from, int longest, Unreadable tooLong) throws UnreadableException {
        while (true) {
            while (scanned < length) {
                if (bytes[scanned++] == '\n') {
                    cut(longest, tooLong);
                    return true;
                }
            }
            if (length - next > longest + 1) {
                throw new UnreadableException(tooLong);
            }
            if (!from.isReadable()) {
                return false;
            }
            copy(from);
        }
    }

    private void cut(int longest, Unreadable tooLong) throws UnreadableException {
        start = next;
        end = scanned - 2;
        next = scanned;
        UnreadableException.unless(end >= start && bytes[end] == '\r');
        if (end - start > longest) {
            throw new UnreadableException(tooLong);
        }
    }

    private void copy(ByteBuf from) {
        int readable = from.readableBytes();
        if (length == bytes.length) {
            // Fields that were read keep the smaller array.
            bytes = Arrays.copyOf(bytes, length + Math.max(length, Math.min(readable, FEW)));
        }
        int some = Math.min(readable, bytes.length - length);
        from.readBytes(bytes, length, some);
        length += some;
    }

    /** Gives back what was taken beyond the last line found. */
    void giveBack(ByteBuf to) {
        to.readerIndex(to.readerIndex() - (length - next));
        length = next;
    }

    /** Whether something came after the last line found. */
    boolean hasPart() {
        return length > next;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the line begins. */
    int start() {
        return start;
    }

    /** Behind the line's last byte, where CRLF stands. */
    int end() {
        return end;
    }
}
