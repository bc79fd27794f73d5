package dev.portico.routetable;

import org.jspecify.annotations.Nullable;

/**
 * Sends the client elsewhere (Gateway API, HTTPRequestRedirectFilter). What is absent stays as requested.
 *
 * @param port named in the location unless it is the scheme's own; absent: the scheme's own where a scheme is given,
 *     else the listener's
 * @param statusCode 301, 302, 303, 307 or 308
 */
public record Redirect(
        @Nullable String scheme,
        @Nullable String hostname,
        @Nullable PathModifier path,
        @Nullable Integer port,
        int statusCode)
        implements Action {
    public Redirect {
        Check.range("statusCode", statusCode, 301, 308);
        if (port != null) {
            Check.range("port", port, 1, 65535);
        }
    }
}
