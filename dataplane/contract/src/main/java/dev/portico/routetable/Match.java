package dev.portico.routetable;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a route serves: all parts must hold.
 *
 * <p>Of several matching routes of a host the most specific one serves, compared in this order: path (exact, then
 * regular expression, longer first, then prefix, longer first), method, number of headers, of query parameters, of
 * cookies, place in the list (Gateway API, HTTPRouteRule; cookies are ours).
 */
public record Match(
        PathMatch path,
        @Nullable String method,
        List<ValueMatch> headers,
        List<ValueMatch> queryParams,
        List<ValueMatch> cookies) {
    /** Every request. */
    public static final Match ALL = path(PathMatch.Kind.PREFIX, "/");

    public Match {
        headers = List.copyOf(headers);
        queryParams = List.copyOf(queryParams);
        cookies = List.copyOf(cookies);
    }

    /** Every request to a path. */
    public static Match path(PathMatch.Kind kind, String value) {
        return new Match(new PathMatch(kind, value), null, List.of(), List.of(), List.of());
    }
}
