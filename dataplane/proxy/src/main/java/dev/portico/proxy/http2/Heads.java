package dev.portico.proxy.http2;

import dev.portico.proxy.frames.Fields;
import dev.portico.proxy.frames.Limits;
import dev.portico.proxy.pipeline.ReceivedHead;
import dev.portico.proxy.pipeline.Refusal;
import dev.portico.proxy.pipeline.ResponseHead;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Heads between HTTP/2 and the pipeline. Names and values have been checked by Netty when they were decoded and are
 * checked once more as they enter HTTP/1 headers; what becomes parts of a request line is checked by the pipeline's
 * gate.
 */
final class Heads {
    private Heads() {}

    /** The head of a request, whatever it says. One for a WebSocket is what it is in HTTP/1.1: a GET. */
    static ReceivedHead request(Http2Headers headers) {
        CharSequence path = headers.path();
        CharSequence authority = headers.authority();
        CharSequence method = headers.method();
        boolean webSocket = isWebSocket(headers);
        HttpHeaders fields = Fields.of(headers);
        if (webSocket) {
            fields.remove(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        }
        return new ReceivedHead(
                webSocket ? "GET" : method == null ? "" : method.toString(),
                path == null ? "" : path.toString(),
                authority == null ? null : authority.toString(),
                fields,
                webSocket);
    }

    /** Whether it is an extended CONNECT for a WebSocket (RFC 8441 §5). */
    private static boolean isWebSocket(Http2Headers headers) {
        CharSequence protocol = headers.get(PseudoHeaderName.PROTOCOL.value());
        return protocol != null
                && HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(protocol)
                && HttpMethod.CONNECT.asciiName().contentEquals(headers.method())
                && headers.getAll(PseudoHeaderName.PROTOCOL.value()).size() == 1
                && headers.path() != null
                && headers.scheme() != null
                && !headers.contains(HttpHeaderNames.CONTENT_LENGTH);
    }

    /** Why a head is refused that says what HTTP/1 cannot say; null where the pipeline may judge it. */
    static @Nullable Refusal refusal(Http2Headers headers, RequestLimits limits) {
        CharSequence path = headers.path();
        boolean isOrigin =
                path == null || AsciiString.contentEquals("*", path) || AsciiString.indexOf(path, '/', 0) == 0;
        if (!isOrigin) {
            return Refusal.BAD_TARGET; // an absolute target would go before :authority (RFC 9113 §8.3.1)
        }
        boolean plain = !headers.contains(PseudoHeaderName.PROTOCOL.value());
        if (headers.size() > limits.fields() + Limits.PSEUDO_HEADERS + (plain ? 0 : 1)) {
            return Refusal.HEADERS_TOO_LARGE;
        }
        if (path != null && path.length() > limits.path()) {
            return Refusal.REQUEST_LINE_TOO_LONG;
        }
        CharSequence scheme = headers.scheme();
        boolean known = scheme == null
                || AsciiString.contentEqualsIgnoreCase(scheme, "https")
                || AsciiString.contentEqualsIgnoreCase(scheme, "http");
        return known && (plain || isWebSocket(headers)) ? null : Refusal.MALFORMED_REQUEST;
    }

    static Http2Headers response(ResponseHead head) {
        return response(head.status(), head);
    }

    /** The head that opens a tunnel: what 101 is in HTTP/1.1, is 200 here (RFC 8441 §5). */
    static Http2Headers opened(ResponseHead head) {
        return response(200, head);
    }

    private static Http2Headers response(int status, ResponseHead head) {
        return ReadOnlyHttp2Headers.serverHeaders(
                false, new AsciiString(Integer.toString(status)), Fields.pairs(head.headers()));
    }

    /** A head that says nothing else. */
    static Http2Headers status(int status) {
        return ReadOnlyHttp2Headers.serverHeaders(false, new AsciiString(Integer.toString(status)));
    }

    static Http2Headers trailers(HttpHeaders trailers) {
        return ReadOnlyHttp2Headers.trailers(false, Fields.pairs(trailers));
    }
}
