package dev.portico.proxy.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map.Entry;

/**
 * Writes heads and chunks. What came in by HTTP/2 or was made by a filter is checked here, so that it cannot end a line;
 * what was read from HTTP/1 was checked there and is copied. One per event loop.
 */
public final class MessageWriter {
    private static final byte[] LAST_CHUNK = "0\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[8 * 1024];
    private int length;

    public MessageWriter requestLine(String method, String target) {
        length = 0;
        word(method);
        put(' ');
        word(target);
        return raw(" HTTP/1.1\r\n");
    }

    public MessageWriter statusLine(int status) {
        length = 0;
        raw("HTTP/1.1 ");
        put((char) ('0' + status / 100));
        put((char) ('0' + status / 10 % 10));
        put((char) ('0' + status % 10));
        put(' ');
        return raw(Phrases.of(status)).newLine();
    }

    public MessageWriter headers(HttpHeaders headers) {
        if (headers instanceof ReadHeaders read) {
            read.writeTo(this);
            return this;
        }
        Iterator<Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
        while (each.hasNext()) {
            Entry<CharSequence, CharSequence> header = each.next();
            header(header.getKey(), header.getValue());
        }
        return this;
    }

    public MessageWriter header(CharSequence name, CharSequence value) {
        word(name);
        put(':');
        put(' ');
        text(value);
        return newLine();
    }

    /** A header whose octets were checked when they were read. */
    void checked(byte[] from, int name, int nameEnd, int value, int valueEnd) {
        ensure(nameEnd - name + valueEnd - value + 4);
        copy(from, name, nameEnd);
        bytes[length++] = ':';
        bytes[length++] = ' ';
        copy(from, value, valueEnd);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    private void copy(byte[] from, int start, int end) {
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
    }

    /** Ends the head. */
    public ByteBuf end(ByteBufAllocator allocator) {
        return end(allocator, 0);
    }

    /** Ends the head and leaves room behind it. */
    public ByteBuf end(ByteBufAllocator allocator, int room) {
        newLine();
        return allocator.ioBuffer(length + room, Integer.MAX_VALUE).writeBytes(bytes, 0, length);
    }

    /** The line before a chunk's data. */
    public static void chunkHead(ByteBuf to, int size) {
        boolean begun = false;
        for (int shift = 28; shift >= 0; shift -= 4) {
            int digit = size >>> shift & 0xf;
            if (begun || digit != 0 || shift == 0) {
                to.writeByte(HEX[digit]);
                begun = true;
            }
        }
        to.writeShort('\r' << 8 | '\n');
    }

    /** The chunk that ends a body, with the trailers. */
    public ByteBuf lastChunk(ByteBufAllocator allocator, HttpHeaders trailers) {
        length = 0;
        System.arraycopy(LAST_CHUNK, 0, bytes, 0, LAST_CHUNK.length);
        length = LAST_CHUNK.length;
        return headers(trailers).end(allocator);
    }

    private MessageWriter newLine() {
        ensure(2);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
        return this;
    }

    private void put(char character) {
        ensure(1);
        bytes[length++] = (byte) character;
    }

    /** Text that stands in this program. */
    @SuppressWarnings("deprecation") // the only copy from a String to bytes that needs no second array
    private MessageWriter raw(String text) {
        ensure(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
        return this;
    }

    /** Text without white space and control characters. */
    private void word(CharSequence text) {
        copy(text, false);
    }

    /** Text that may have spaces and tabs. */
    private void text(CharSequence text) {
        copy(text, true);
    }

    private void copy(CharSequence text, boolean spaces) {
        ensure(text.length());
        int from = length;
        if (text instanceof AsciiString octets) {
            copy(octets.array(), octets.arrayOffset(), octets.arrayOffset() + octets.length());
        } else {
            copyEach(text);
        }
        check(from, spaces);
    }

    private void copyEach(CharSequence text) {
        byte[] to = bytes;
        int at = length;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character > 0xff) {
                throw new UnwritableException((int) character);
            }
            to[at++] = (byte) character;
        }
        length = at;
    }

    private void check(int from, boolean spaces) {
        byte[] written = bytes;
        int end = length;
        for (int i = from; i < end; i++) {
            byte octet = written[i];
            if (!Octets.isVisible(octet) && !(spaces && Octets.isSpace(octet))) {
                throw new UnwritableException(octet & 0xff);
            }
        }
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** A character cannot stand in a head. */
    public static final class UnwritableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnwritableException(int character) {
            super("a head has the character " + character + ", expected one that may stand there");
        }
    }
}
