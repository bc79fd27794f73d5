package dev.portico.wire;

import java.util.Collection;

/**
 * The hash of a whole table: the digests of its sections added up, so that a changed section costs one subtraction and
 * one addition however large the table is. It finds damage and mistakes; who may push is proven by TLS.
 */
public record Root(long a, long b, long c, long d) {
    public static final Root EMPTY = new Root(0, 0, 0, 0);

    public static Root of(Collection<EncodedSection> sections) {
        var root = EMPTY;
        for (EncodedSection section : sections) {
            root = root.plus(section.digest());
        }
        return root;
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
