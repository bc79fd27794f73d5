package dev.portico.proxy.pipeline;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request behind the {@link Gate}: what is matched here is what is forwarded.
 *
 * <p>Changed in place by stages, which must leave it valid: a path is normalised and starts with {@code /} (or is
 * {@code *}), an authority is a host and perhaps a port.
 */
public final class RequestHead {
    private final String method;
    private final String scheme;
    private final String host;
    private final HttpHeaders headers;
    private final String matchedPath;
    private String authority;
    private String path;
    private @Nullable String query;

    public RequestHead(
            String method,
            String scheme,
            String host,
            String authority,
            String path,
            @Nullable String query,
            HttpHeaders headers) {
        this.method = method;
        this.scheme = scheme;
        this.host = host;
        this.authority = authority;
        this.path = path;
        this.matchedPath = path;
        this.query = query;
        this.headers = headers;
    }

    public String method() {
        return method;
    }

    /** {@code http} or {@code https}: how this data plane was reached. */
    public String scheme() {
        return scheme;
    }

    /** The host that was asked for: lower case, without port and trailing dot. Rewriting does not change it. */
    public String host() {
        return host;
    }

    /** What goes to the endpoint as Host. */
    public String authority() {
        return authority;
    }

    public void authority(String newAuthority) {
        this.authority = newAuthority;
    }

    /** The path that was asked for, normalised. Rewriting does not change it. */
    public String matchedPath() {
        return matchedPath;
    }

    /** Without query; percent-encoding as it will be forwarded. */
    public String path() {
        return path;
    }

    public void path(String newPath) {
        this.path = newPath;
    }

    /** As received, without {@code ?}; absent where the target had none. */
    public @Nullable String query() {
        return query;
    }

    /** Path and query, as they go into a request line. */
    public String target() {
        return query == null ? path : path + '?' + query;
    }

    public HttpHeaders headers() {
        return headers;
    }
}
