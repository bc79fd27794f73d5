package dev.portico.proxy.pipeline;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * An answer that the data plane gives by itself.
 *
 * @param reason for the log and the metrics, never sent
 * @param headers without Content-Length, which the pipeline adds
 * @param body sent in UTF-8
 * @param closes whether HTTP/1 closes the connection after it
 */
public record Reply(int status, String reason, HttpHeaders headers, String body, boolean closes) {
    /** An answer without a body. */
    public static Reply empty(int status, String reason, HttpHeaders headers) {
        return new Reply(status, reason, headers, "", false);
    }

    public static Reply text(int status, String reason, String text) {
        var headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        return new Reply(status, reason, headers, text, false);
    }

    /** The same, after which HTTP/1 closes the connection. */
    public Reply closing() {
        return new Reply(status, reason, headers, body, true);
    }
}
