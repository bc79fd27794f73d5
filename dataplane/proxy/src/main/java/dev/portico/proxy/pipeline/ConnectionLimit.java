package dev.portico.proxy.pipeline;

import java.util.Locale;

/**
 * A limit of connections that was reached where no request, and so no {@link Refusal}, can tell of it. The name in lower
 * case is the metrics' {@code limit}.
 */
public enum ConnectionLimit {
    MAX_CONNECTIONS,
    MAX_CONNECTIONS_PER_IP,
    MAX_REQUESTS,
    HEADER_TIMEOUT,
    IDLE_TIMEOUT,
    TLS_HANDSHAKE_TIMEOUT,
    HTTP2_FRAMES,
    MEMORY;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As metrics say it. */
    public String word() {
        return word;
    }
}
