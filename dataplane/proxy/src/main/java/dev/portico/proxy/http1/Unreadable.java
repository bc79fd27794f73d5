package dev.portico.proxy.http1;

import dev.portico.proxy.pipeline.Pipeline;
import dev.portico.proxy.pipeline.ReceivedHead;
import dev.portico.proxy.pipeline.Refusal;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/** What to answer to a request that cannot be read. */
final class Unreadable {
    private Unreadable() {}

    /** Null where the request can be read. */
    static @Nullable Refusal refusal(HttpRequest request) {
        if (request.decoderResult().isSuccess()) {
            HttpVersion version = request.protocolVersion();
            return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0)
                    ? null
                    : Refusal.HTTP_VERSION_NOT_SUPPORTED;
        }
        return switch (request.decoderResult().cause()) {
            case TooLongHttpLineException _ -> Refusal.REQUEST_LINE_TOO_LONG;
            case TooLongHttpHeaderException _ -> Refusal.HEADERS_TOO_LARGE;
            case null, default -> Refusal.MALFORMED_REQUEST;
        };
    }

    /** As much as the log may show of it: no header of it can be trusted. */
    static ReceivedHead head(HttpRequest request) {
        return request.decoderResult().isSuccess()
                ? new ReceivedHead(request.method().name(), request.uri(), null, new DefaultHttpHeaders())
                : Pipeline.unreadable();
    }
}
