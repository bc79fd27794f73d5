package dev.portico.proxy.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A line in the making, as bytes. Whatever clients send, it stays one line: controls and quotes are escaped. */
final class Line {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** A value longer than this is cut: a line must fit where lines go. */
    static final int MAX_VALUE = 8 * 1024;

    private byte[] bytes = new byte[1024];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    Line clear() {
        length = 0;
        return this;
    }

    /** As it is. */
    Line raw(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    Line raw(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    Line number(long value) {
        if (value < 0) {
            raw('-');
            return number(-value);
        }
        if (value >= 10) {
            number(value / 10);
        }
        return raw((char) ('0' + value % 10));
    }

    /** Nanoseconds as milliseconds with three digits behind the point. */
    Line millis(long nanos) {
        long micros = Math.max(0, nanos) / 1000;
        number(micros / 1000).raw('.');
        return digits((int) (micros % 1000), 3);
    }

    /** With leading zeros. */
    Line digits(int value, int count) {
        room(count);
        int rest = value;
        for (int i = count - 1; i >= 0; i--) {
            bytes[length + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
        return this;
    }

    /** Escaped as the inside of a JSON string. */
    Line escaped(CharSequence value) {
        int end = Math.min(value.length(), MAX_VALUE);
        room(end * 6);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                bytes[length++] = (byte) c;
            } else {
                special(c);
            }
        }
        return this;
    }

    /** Escapes everything beyond ASCII as well, so that no half of a pair or odd separator reaches a reader. */
    private void special(char c) {
        bytes[length++] = '\\';
        if (c == '"' || c == '\\') {
            bytes[length++] = (byte) c;
            return;
        }
        bytes[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(c >> shift) & 15];
        }
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
