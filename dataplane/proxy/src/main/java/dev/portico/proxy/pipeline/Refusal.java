package dev.portico.proxy.pipeline;

import java.util.Locale;

/** Why the data plane itself ended a request. The name in lower case is the log's and the metrics' {@code reason}. */
public enum Refusal {
    MALFORMED_REQUEST(400, true),
    BAD_HOST(400, true),
    BAD_TARGET(400, true),
    BAD_PATH(400, false),
    BAD_HEADER(400, false),
    BAD_FRAMING(400, true),
    METHOD_NOT_SUPPORTED(501, true),
    REQUEST_LINE_TOO_LONG(414, true),
    HEADERS_TOO_LARGE(431, true),
    EXPECTATION_FAILED(417, true),
    HTTP_VERSION_NOT_SUPPORTED(505, true),
    HEADER_TIMEOUT(408, true),
    BODY_TOO_SLOW(408, true),
    MISDIRECTED(421, false),
    NO_HOST(404, false),
    NO_ROUTE(404, false),
    NO_LISTENER(503, true),
    NO_BACKEND(500, false),
    NO_ENDPOINT(503, false),
    UPSTREAM_OVERLOADED(503, false),
    OVERLOADED_MEMORY(503, false),
    CONNECT_FAILED(502, false),
    CONNECT_TIMEOUT(504, false),
    UPSTREAM_TLS_FAILED(502, false),
    UPSTREAM_REFUSED(503, false),
    UPSTREAM_CLOSED(502, false),
    UPSTREAM_MALFORMED(502, false),
    UPSTREAM_TRUNCATED(502, false),
    UPSTREAM_TIMEOUT(504, false),
    REQUEST_TIMEOUT(504, false),
    CLIENT_CLOSED(499, true),
    CLIENT_TOO_SLOW(499, true),
    TOO_MANY_FRAMES(499, true),
    TOO_MANY_STREAMS(499, false),
    TUNNEL_IDLE(408, true),
    SHUTDOWN(503, true),
    INTERNAL_ERROR(500, true);

    private final int status;
    private final boolean closes;
    private final String word = name().toLowerCase(Locale.ROOT);

    Refusal(int status, boolean closes) {
        this.status = status;
        this.closes = closes;
    }

    public int status() {
        return status;
    }

    /** Whether the connection cannot be trusted after it: HTTP/1 closes it. */
    public boolean closes() {
        return closes;
    }

    /** As log and metrics say it. */
    public String word() {
        return word;
    }
}
