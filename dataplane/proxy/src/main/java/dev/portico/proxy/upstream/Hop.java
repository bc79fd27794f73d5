package dev.portico.proxy.upstream;

import dev.portico.routetable.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * What is spoken to an endpoint. Only those who speak the same share connections.
 *
 * @param protocol absent: what ALPN agrees upon, HTTP/1.1 where it agrees upon nothing
 * @param tls absent: none
 */
public record Hop(@Nullable HttpVersion protocol, @Nullable EndpointTls tls) {
    /** HTTP/1.1 without TLS. */
    public static final Hop PLAIN = new Hop(HttpVersion.HTTP1, null);

    public Hop {
        protocol = protocol == null && tls == null ? HttpVersion.HTTP1 : protocol;
    }

    /** The same in HTTP/1.1, whose connections alone can become tunnels. */
    public Hop http1() {
        return new Hop(HttpVersion.HTTP1, tls);
    }
}
