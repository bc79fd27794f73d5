package dev.portico.proxy.headers;

import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.ResponseHead;
import dev.portico.proxy.pipeline.Stage;
import dev.portico.routetable.ResponseHeaders;

/** Changes the headers that a client sees. */
public final class ResponseHeadersStage implements Stage {
    private final HeaderChanges changes;

    public ResponseHeadersStage(ResponseHeaders filter) {
        changes = new HeaderChanges(filter.change());
    }

    @Override
    public void response(Exchange exchange, ResponseHead head) {
        changes.apply(head.headers());
    }
}
