package dev.portico.proxy.http1;

import dev.portico.proxy.codec.Request;
import dev.portico.proxy.codec.Request.Version;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;

/** Which requests may become something else than HTTP. */
final class Upgrades {
    private Upgrades() {}

    /**
     * Whether a request asks for a WebSocket (RFC 6455 §4.1) and for nothing else. What asks in any other way is
     * served as if it had not asked: who reads it more generously elsewhere must not see a tunnel where we see HTTP.
     */
    static boolean isWebSocket(Request request) {
        HttpHeaders headers = request.headers();
        String upgrade = headers.get(HttpHeaderNames.UPGRADE);
        return upgrade != null
                && HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(upgrade)
                && headers.getAll(HttpHeaderNames.UPGRADE).size() == 1
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)
                && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && request.method().equals("GET")
                && request.version() == Version.HTTP_1_1;
    }
}
