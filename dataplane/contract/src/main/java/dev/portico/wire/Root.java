package dev.portico.wire;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * The hash of a whole table: the digests of its sections added up, so that a changed section costs one subtraction and
 * one addition however large the table is. It finds damage and mistakes; who may push is proven by TLS.
 */
public record Root(long a, long b, long c, long d) {
    public static final Root EMPTY = new Root(0, 0, 0, 0);

    private static final int WORD = 16;
    private static final Pattern TEXT = Pattern.compile("[0-9a-f]{" + 4 * WORD + "}");

    public static Root of(Collection<EncodedSection> sections) {
        var root = EMPTY;
        for (EncodedSection section : sections) {
            root = root.plus(section.digest());
        }
        return root;
    }

    /** What {@link #toString} wrote. */
    public static Root read(String text) throws MalformedException {
        if (!TEXT.matcher(text).matches()) {
            throw new MalformedException("a root is '" + text + "', expected " + 4 * WORD + " hexadecimal digits");
        }
        return new Root(word(text, 0), word(text, 1), word(text, 2), word(text, 3));
    }

    private static long word(String text, int index) {
        return Long.parseUnsignedLong(text, index * WORD, (index + 1) * WORD, 16);
    }

    public Root plus(Digest digest) {
        return new Root(a + digest.a(), b + digest.b(), c + digest.c(), d + digest.d());
    }

    public Root minus(Digest digest) {
        return new Root(a - digest.a(), b - digest.b(), c - digest.c(), d - digest.d());
    }

    @Override
    public String toString() {
        return "%016x%016x%016x%016x".formatted(a, b, c, d);
    }
}
