package dev.portico.proxy.redirect;

import dev.portico.proxy.match.PathChange;
import dev.portico.proxy.pipeline.Ending;
import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.Reply;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.PathMatch;
import dev.portico.routetable.Redirect;

/** Answers with the location that a route declares. */
public final class RedirectAnswer implements Ending.Answer {
    private final Redirect redirect;
    private final PathChange path;

    /** Of a route that matches {@code matched}. */
    public RedirectAnswer(Redirect redirect, PathMatch matched) {
        this.redirect = redirect;
        this.path = PathChange.of(redirect.path(), matched);
    }

    @Override
    public Reply answer(Exchange exchange) {
        RequestHead request = exchange.request();
        String scheme = redirect.scheme() == null ? request.scheme() : redirect.scheme();
        String host = redirect.hostname() == null ? request.host() : redirect.hostname();
        return new Location(scheme, host, port(exchange, scheme), path.apply(request.path()), request.query())
                .reply(redirect.statusCode());
    }

    private int port(Exchange exchange, String scheme) {
        if (redirect.port() != null) {
            return redirect.port();
        }
        HttpListener listener = exchange.listener();
        return redirect.scheme() != null || listener == null ? Location.ownPort(scheme) : listener.port();
    }
}
