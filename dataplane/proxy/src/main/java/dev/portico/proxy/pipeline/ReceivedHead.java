package dev.portico.proxy.pipeline;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as the client sent it: well-formed in its protocol, and nothing believed yet.
 *
 * @param target the request target (RFC 9112 §3.2), in HTTP/2 {@code :path}
 * @param authority HTTP/2's {@code :authority}; absent in HTTP/1, where the Gate reads Host
 * @param headers without pseudo-headers; the pipeline changes them in place
 * @param webSocket whether the client asks for a WebSocket, by {@code Upgrade} or by RFC 8441; the method is GET then
 */
public record ReceivedHead(
        String method, String target, @Nullable String authority, HttpHeaders headers, boolean webSocket) {
    /** The head of a request that asks for nothing but an answer. */
    public ReceivedHead(String method, String target, @Nullable String authority, HttpHeaders headers) {
        this(method, target, authority, headers, false);
    }

    /**
     * Whether it begins what gRPC or its kin ({@code application/grpc*}) may make a conversation: in HTTP/2, where that
     * can be, the client may be silent in the middle of its body.
     */
    public boolean isConversation() {
        return Grpc.isKin(headers);
    }
}
