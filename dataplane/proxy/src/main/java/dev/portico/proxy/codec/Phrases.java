package dev.portico.proxy.codec;

import io.netty.handler.codec.http.HttpResponseStatus;

/** The words behind a status; clients do not read them, people do. */
final class Phrases {
    private static final String[] BY_STATUS = new String[600];

    static {
        for (int status = 100; status < BY_STATUS.length; status++) {
            String phrase = HttpResponseStatus.valueOf(status).reasonPhrase();
            BY_STATUS[status] = phrase.contains("(") ? "" : phrase;
        }
    }

    private Phrases() {}

    static String of(int status) {
        return status < 100 || status >= BY_STATUS.length ? "" : BY_STATUS[status];
    }
}
