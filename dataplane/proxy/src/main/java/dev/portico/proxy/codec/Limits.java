package dev.portico.proxy.codec;

import io.netty.handler.codec.http.HttpDecoderConfig;

/** How large the parts of a message may be. */
public final class Limits {
    public static final int LINE = 16 * 1024;
    public static final int HEADERS = 64 * 1024;
    public static final int FIELDS = 100;
    static final int CHUNK = 8 * 1024;

    private Limits() {}

    /** Strict in everything that two parsers could read in two ways, whatever system properties say. */
    static HttpDecoderConfig strict() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(LINE)
                .setMaxHeaderSize(HEADERS)
                .setMaxChunkSize(CHUNK)
                .setValidateHeaders(true)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setAllowDuplicateContentLengths(false);
    }
}
