package dev.portico.routetable;

import org.jspecify.annotations.Nullable;

/**
 * A named group of endpoints, how one is chosen and what is spoken to it. Its endpoints come apart, as
 * {@link Endpoints}.
 *
 * @param protocol absent: HTTP/1.1; with {@code tls} the one of both that ALPN agrees upon
 * @param tls absent: none
 */
public record Upstream(
        String id,
        Balancer balancer,
        @Nullable HttpVersion protocol,
        @Nullable UpstreamTls tls) implements Section {
    public Upstream {
        Check.text("id", id);
    }

    /** One that is spoken to in HTTP/1.1 without TLS. */
    public Upstream(String id, Balancer balancer) {
        this(id, balancer, null, null);
    }

    @Override
    public String key() {
        return "upstream/" + id;
    }
}
