package dev.portico.proxy.pipeline;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a client's connection.
 *
 * @param listener the id of the listener that accepted it
 * @param peer who is at the other end of the socket
 * @param tls whether this data plane terminated TLS
 * @param serverName the server name of TLS (SNI), if the client named one
 * @param protocol {@code HTTP/1.1} or {@code HTTP/2.0}, for the log
 */
public record Client(
        String listener,
        InetSocketAddress peer,
        boolean tls,
        @Nullable String serverName,
        String protocol) {
    public String scheme() {
        return tls ? "https" : "http";
    }
}
