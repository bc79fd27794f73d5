package dev.portico.proxy.codec;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/** A header line of {@link ReadHeaders}. Names are compared by their length first: it tells nearly all apart. */
sealed interface Field extends Entry<CharSequence, CharSequence> {
    boolean isNamed(CharSequence name);

    int nameLength();

    /** The value, each octet a character. */
    String text();

    void writeTo(MessageWriter writer);

    @Override
    default CharSequence setValue(CharSequence value) {
        throw new UnsupportedOperationException("a header line cannot be changed, expected set on the headers");
    }

    /** As it was read and checked: strings are made of it only where somebody asks. */
    final class Line implements Field {
        private final byte[] bytes;
        private final int start;
        private final int nameEnd;
        private final int valueStart;
        private final int valueEnd;
        private @Nullable AsciiString name;
        private @Nullable String text;

        Line(byte[] bytes, int start, int nameEnd, int valueStart, int valueEnd) {
            this.bytes = bytes;
            this.start = start;
            this.nameEnd = nameEnd;
            this.valueStart = valueStart;
            this.valueEnd = valueEnd;
        }

        @Override
        public boolean isNamed(CharSequence other) {
            int length = nameEnd - start;
            if (other.length() != length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                byte own = bytes[start + i];
                char asked = other.charAt(i);
                if (own != asked && (!isLetter(own) || (own ^ asked) != 0x20)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isLetter(byte octet) {
            return (octet | 0x20) >= 'a' && (octet | 0x20) <= 'z';
        }

        @Override
        public int nameLength() {
            return nameEnd - start;
        }

        @Override
        public CharSequence getKey() {
            if (name == null) {
                name = new AsciiString(bytes, start, nameEnd - start, false);
            }
            return name;
        }

        @Override
        public CharSequence getValue() {
            return text == null ? new AsciiString(bytes, valueStart, valueEnd - valueStart, false) : text;
        }

        @Override
        public String text() {
            if (text == null) {
                text = new String(bytes, valueStart, valueEnd - valueStart, StandardCharsets.ISO_8859_1);
            }
            return text;
        }

        @Override
        public void writeTo(MessageWriter writer) {
            writer.checked(bytes, start, nameEnd, valueStart, valueEnd);
        }
    }

    /** Set since, and checked when it is written. */
    record Added(CharSequence name, CharSequence value) implements Field {
        @Override
        public boolean isNamed(CharSequence other) {
            return AsciiString.contentEqualsIgnoreCase(name, other);
        }

        @Override
        public int nameLength() {
            return name.length();
        }

        @Override
        public CharSequence getKey() {
            return name;
        }

        @Override
        public CharSequence getValue() {
            return value;
        }

        @Override
        public String text() {
            return value.toString();
        }

        @Override
        public void writeTo(MessageWriter writer) {
            writer.header(name, value);
        }
    }
}
