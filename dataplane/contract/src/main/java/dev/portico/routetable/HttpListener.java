package dev.portico.routetable;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accepts HTTP, with TLS where {@code tls} is given.
 *
 * @param versions what clients may speak; with TLS chosen by ALPN, without it HTTP2 means prior knowledge (RFC 9113 §3.3)
 */
public record HttpListener(
        String id,
        int port,
        List<HttpVersion> versions,
        @Nullable Tls tls,
        ClientTraffic clientTraffic,
        AccessLog accessLog)
        implements Listener {
    public HttpListener {
        Check.text("id", id);
        Check.range("port", port, 1, 65535);
        versions = List.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("versions is empty, expected at least one HTTP version");
        }
    }
}
