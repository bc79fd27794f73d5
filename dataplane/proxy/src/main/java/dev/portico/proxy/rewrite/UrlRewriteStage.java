package dev.portico.proxy.rewrite;

import dev.portico.proxy.match.PathChange;
import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.Reply;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.proxy.pipeline.Stage;
import dev.portico.routetable.PathMatch;
import dev.portico.routetable.UrlRewrite;
import org.jspecify.annotations.Nullable;

/** Writes host and path anew. */
public final class UrlRewriteStage implements Stage {
    private final @Nullable String hostname;
    private final PathChange path;

    /** Of a route that matches {@code matched}. */
    public UrlRewriteStage(UrlRewrite filter, PathMatch matched) {
        hostname = filter.hostname();
        path = PathChange.of(filter.path(), matched);
    }

    @Override
    public @Nullable Reply request(Exchange exchange) {
        RequestHead request = exchange.request();
        if (hostname != null) {
            request.authority(hostname);
        }
        // "OPTIONS *" asks about the server and has no path to rewrite.
        if (request.path().startsWith("/")) {
            request.path(path.apply(request.path()));
        }
        return null;
    }
}
