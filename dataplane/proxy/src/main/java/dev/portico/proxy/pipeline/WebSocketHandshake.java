package dev.portico.proxy.pipeline;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake of WebSocket towards the endpoint (RFC 6455 §4), always in HTTP/1.1. A client that has sent a
 * key judges the endpoint's answer to it by itself; one of HTTP/2 has none (RFC 8441 §5), so the key is ours.
 */
final class WebSocketHandshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    private final @Nullable String accept;

    private WebSocketHandshake(@Nullable String accept) {
        this.accept = accept;
    }

    /** Puts the handshake into the headers of a request. */
    static WebSocketHandshake in(HttpHeaders request) {
        request.remove(HttpHeaderNames.TE);
        request.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        request.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        if (request.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
            return new WebSocketHandshake(null);
        }
        // A nonce against caches that answer from memory, not a secret.
        byte[] key = new byte[KEY_BYTES];
        ThreadLocalRandom.current().nextBytes(key);
        String text = Base64.getEncoder().encodeToString(key);
        request.set(HttpHeaderNames.SEC_WEBSOCKET_KEY, text);
        return new WebSocketHandshake(acceptOf(text));
    }

    /** Whether a 101 with these headers opens the WebSocket; takes out what only the endpoint and we needed. */
    boolean isDoneBy(HttpHeaders response) {
        boolean switched = response.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(
                        String.join(",", response.getAll(HttpHeaderNames.UPGRADE)));
        if (accept == null) {
            return switched;
        }
        boolean accepted = accept.equals(response.get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT));
        response.remove(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT);
        return switched && accepted;
    }

    /**
     * Whether another answer than 101 would tell a client of HTTP/2 that its tunnel is open, once it is passed on: there
     * every 2xx says so (RFC 8441 §5).
     */
    boolean seemsDoneBy(int status) {
        return accept != null && status / 100 == 2;
    }

    private static String acceptOf(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
