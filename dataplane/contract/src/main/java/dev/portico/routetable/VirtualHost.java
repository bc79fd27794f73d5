package dev.portico.routetable;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one host pattern on the listeners that share them. The most specific pattern of a listener alone
 * answers for a host; a request that none of its routes matches is a 404 and falls through to no other.
 *
 * @param bindings the listeners; a listener and a pattern meet in one virtual host only
 * @param routes of two that match a request equally well the earlier one serves
 */
public record VirtualHost(HostPattern host, List<Binding> bindings, List<Route> routes) implements Section {
    public VirtualHost {
        bindings = List.copyOf(bindings);
        routes = List.copyOf(routes);
        if (bindings.isEmpty()) {
            throw new IllegalArgumentException("bindings is empty, expected at least one listener");
        }
    }

    /**
     * A listener of this host.
     *
     * @param redirect where given, everything but ACME challenges (RFC 8555 §8.3) is sent to https
     */
    public record Binding(String listener, @Nullable HttpsRedirect redirect) {}

    /**
     * Sends plain requests to https.
     *
     * @param statusCode 301, 302, 307 or 308
     * @param port named in the location unless it is 443
     */
    public record HttpsRedirect(int statusCode, int port) {
        public HttpsRedirect {
            Check.range("statusCode", statusCode, 301, 308);
            Check.range("port", port, 1, 65535);
        }
    }

    @Override
    public String key() {
        return "host/" + bindings.stream().map(Binding::listener).collect(Collectors.joining("+")) + "/" + host;
    }
}
