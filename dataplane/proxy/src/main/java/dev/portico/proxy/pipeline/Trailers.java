package dev.portico.proxy.pipeline;

import dev.portico.routetable.ClientTraffic.UnderscoreHeaders;
import dev.portico.routetable.HttpListener;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes from trailers what must not stand there (RFC 9110 §6.5.1): they come when all that these fields decide has been
 * decided, and some receivers merge them into the headers all the same.
 */
final class Trailers {
    /** Framing, routing, control of the request, authentication, and what the content is. */
    private static final Set<String> FORBIDDEN = Set.of(
            "authorization",
            "cache-control",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "expect",
            "host",
            "max-forwards",
            "range",
            "set-cookie",
            "trailer");

    private Trailers() {}

    /** What goes to the endpoint; null where nothing is left. */
    static @Nullable HttpHeaders ofRequest(HttpHeaders trailers, @Nullable HttpListener listener) {
        boolean underscores =
                listener != null && listener.clientTraffic().underscoreHeaders() == UnderscoreHeaders.ALLOW;
        return without(trailers, name -> ForwardedHeaders.concerns(name) || (!underscores && Gate.hasUnderscore(name)));
    }

    /** What goes to the client; null where nothing is left. */
    static @Nullable HttpHeaders ofResponse(HttpHeaders trailers) {
        return without(trailers, _ -> false);
    }

    private static @Nullable HttpHeaders without(HttpHeaders trailers, Predicate<String> moreForbidden) {
        for (String name : Set.copyOf(trailers.names())) {
            if (HopByHop.isHopByHop(name)
                    || FORBIDDEN.contains(name.toLowerCase(Locale.ROOT))
                    || moreForbidden.test(name)) {
                trailers.remove(name);
            }
        }
        return trailers.isEmpty() ? null : trailers;
    }
}
