package dev.portico.proxy.codec;

import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Netty's decoder of responses, which must be told what was asked: a response to HEAD has no body. */
public final class ResponseReader extends HttpResponseDecoder {
    private boolean bodiless;

    public ResponseReader() {
        super(Limits.strict());
    }

    /** Says to which method the next response answers. */
    public void expect(String method) {
        bodiless = "HEAD".equals(method);
    }

    /** Whether bytes came that belong to no response asked for. */
    public boolean hasMore() {
        return actualReadableBytes() > 0;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return super.isContentAlwaysEmpty(message) || bodiless;
    }
}
