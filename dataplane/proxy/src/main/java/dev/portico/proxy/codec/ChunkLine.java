package dev.portico.proxy.codec;

/** Reads the line before a chunk's data octet by octet. Extensions are checked and dropped (RFC 9112 §7.1.1). */
final class ChunkLine {
    private Part part = Part.SIZE;
    private long size;
    private int length;

    private enum Part {
        SIZE,
        BEFORE_EXTENSION,
        BEFORE_NAME,
        NAME,
        AFTER_NAME,
        BEFORE_VALUE,
        VALUE,
        QUOTED,
        ESCAPED,
        AFTER_VALUE,
        NEWLINE
    }

    void begin() {
        part = Part.SIZE;
        size = 0;
        length = 0;
    }

    /** Of the chunk. */
    long size() {
        return size;
    }

    /** Takes an octet; true at the line's end. */
    boolean take(byte octet, int longest) throws UnreadableException {
        if (part == Part.NEWLINE) {
            UnreadableException.unless(octet == '\n');
            return true;
        }
        if (octet == '\r') {
            UnreadableException.unless(mayEnd());
            part = Part.NEWLINE;
            return false;
        }
        UnreadableException.unless(length++ < longest);
        part = switch (part) {
            case SIZE -> size(octet);
            case BEFORE_EXTENSION -> separator(octet, Part.BEFORE_EXTENSION);
            case BEFORE_NAME -> Octets.isSpace(octet) ? Part.BEFORE_NAME : token(octet, Part.NAME);
            case NAME -> name(octet);
            case AFTER_NAME -> octet == '=' ? Part.BEFORE_VALUE : separator(octet, Part.AFTER_NAME);
            case BEFORE_VALUE -> beforeValue(octet);
            case VALUE -> value(octet);
            case QUOTED -> quoted(octet);
            case ESCAPED -> text(octet);
            case AFTER_VALUE -> separator(octet, Part.AFTER_VALUE);
            case NEWLINE -> throw new IllegalStateException("the line has ended");
        };
        return false;
    }

    private boolean mayEnd() {
        return switch (part) {
            case SIZE -> length > 0;
            case NAME, AFTER_NAME, VALUE, AFTER_VALUE -> true;
            case BEFORE_EXTENSION, BEFORE_NAME, BEFORE_VALUE, QUOTED, ESCAPED, NEWLINE -> false;
        };
    }

    private Part size(byte octet) throws UnreadableException {
        int digit = Character.digit(octet, 16);
        if (digit < 0) {
            UnreadableException.unless(length > 1);
            return separator(octet, Part.BEFORE_EXTENSION);
        }
        size = size << 4 | digit;
        UnreadableException.unless(size <= Integer.MAX_VALUE);
        return Part.SIZE;
    }

    private static Part name(byte octet) throws UnreadableException {
        if (Octets.isToken(octet)) {
            return Part.NAME;
        }
        return octet == '=' ? Part.BEFORE_VALUE : separator(octet, Part.AFTER_NAME);
    }

    private static Part beforeValue(byte octet) throws UnreadableException {
        if (Octets.isSpace(octet)) {
            return Part.BEFORE_VALUE;
        }
        return octet == '"' ? Part.QUOTED : token(octet, Part.VALUE);
    }

    /** No space behind it, as Netty has it: nobody sends such. */
    private static Part value(byte octet) throws UnreadableException {
        if (Octets.isToken(octet)) {
            return Part.VALUE;
        }
        UnreadableException.unless(octet == ';');
        return Part.BEFORE_NAME;
    }

    private static Part quoted(byte octet) throws UnreadableException {
        return switch (octet) {
            case '"' -> Part.AFTER_VALUE;
            case '\\' -> Part.ESCAPED;
            default -> text(octet);
        };
    }

    /** ASCII only: other readers stumble over the rest. */
    private static Part text(byte octet) throws UnreadableException {
        UnreadableException.unless(octet >= 0 && Octets.isText(octet));
        return Part.QUOTED;
    }

    private static Part separator(byte octet, Part spaces) throws UnreadableException {
        if (Octets.isSpace(octet)) {
            return spaces;
        }
        UnreadableException.unless(octet == ';');
        return Part.BEFORE_NAME;
    }

    private static Part token(byte octet, Part next) throws UnreadableException {
        UnreadableException.unless(Octets.isToken(octet));
        return next;
    }
}
