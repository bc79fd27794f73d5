package dev.portico.proxy.codec;

/** What may stand where in a message (RFC 9110 §5.5, §5.6.2). */
final class Octets {
    private static final boolean[] TOKEN = new boolean[256];

    static {
        for (int c = '!'; c <= '~'; c++) {
            TOKEN[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
        }
    }

    private Octets() {}

    static boolean isToken(byte octet) {
        return TOKEN[octet & 0xff];
    }

    /** Visible characters, those beyond ASCII, space and tab. */
    static boolean isText(byte octet) {
        return isVisible(octet) || isSpace(octet);
    }

    /** Visible characters and those beyond ASCII. */
    static boolean isVisible(byte octet) {
        return (octet > ' ' && octet != 0x7f) || octet < 0;
    }

    static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }
}
