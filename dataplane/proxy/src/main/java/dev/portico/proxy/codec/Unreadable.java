package dev.portico.proxy.codec;

/** Why a message cannot be read. */
public enum Unreadable {
    MALFORMED,
    LINE_TOO_LONG,
    HEADERS_TOO_LARGE
}
