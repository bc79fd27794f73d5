package dev.portico.proxy.headers;

import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.Reply;
import dev.portico.proxy.pipeline.Stage;
import dev.portico.routetable.RequestHeaders;
import org.jspecify.annotations.Nullable;

/** Changes the headers that an endpoint sees. */
public final class RequestHeadersStage implements Stage {
    private final HeaderChanges changes;

    public RequestHeadersStage(RequestHeaders filter) {
        changes = new HeaderChanges(filter.change());
    }

    @Override
    public @Nullable Reply request(Exchange exchange) {
        changes.apply(exchange.request().headers());
        return null;
    }
}
