package dev.portico.proxy.redirect;

import dev.portico.proxy.pipeline.Ending;
import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.Reply;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.routetable.VirtualHost.HttpsRedirect;

/** Sends a plain request to the same place on https. */
public final class HttpsRedirectAnswer implements Ending.Answer {
    private final HttpsRedirect redirect;

    public HttpsRedirectAnswer(HttpsRedirect redirect) {
        this.redirect = redirect;
    }

    @Override
    public Reply answer(Exchange exchange) {
        RequestHead request = exchange.request();
        return new Location("https", request.host(), redirect.port(), request.path(), request.query())
                .reply(redirect.statusCode());
    }
}
