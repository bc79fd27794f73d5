package dev.portico.proxy.pipeline;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What of gRPC concerns a proxy (gRPC over HTTP/2): how long a call may take, and how it is said that one failed. A
 * client of gRPC reads nothing of an HTTP error but its status, and takes most of them for UNKNOWN.
 */
final class Grpc {
    private static final AsciiString TIMEOUT = AsciiString.cached("grpc-timeout");
    private static final AsciiString STATUS = AsciiString.cached("grpc-status");
    private static final AsciiString MESSAGE = AsciiString.cached("grpc-message");
    private static final String TYPE = "application/grpc";
    private static final int MOST_DIGITS = 8;

    private Grpc() {}

    /** gRPC-Web is another protocol, which browsers speak. */
    static boolean isCall(HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
        return type != null
                && isKin(type)
                && (type.length() == TYPE.length() || "+;".indexOf(type.charAt(TYPE.length())) >= 0);
    }

    /** Whether it is gRPC or made of it, as gRPC-Web is: a body of messages that may be far apart. */
    static boolean isKin(HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
        return type != null && isKin(type);
    }

    private static boolean isKin(String type) {
        return type.regionMatches(true, 0, TYPE, 0, TYPE.length());
    }

    /** How long the client waits; absent where it does not say so, or not so that it can be understood. */
    static @Nullable Duration timeout(HttpHeaders headers) {
        String text = headers.get(TIMEOUT);
        if (text == null || text.length() < 2 || text.length() > MOST_DIGITS + 1) {
            return null;
        }
        long amount = 0;
        for (int i = 0; i < text.length() - 1; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return null;
            }
            amount = 10 * amount + digit - '0';
        }
        return switch (text.charAt(text.length() - 1)) {
            case 'H' -> Duration.ofHours(amount);
            case 'M' -> Duration.ofMinutes(amount);
            case 'S' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMillis(amount);
            case 'u' -> Duration.ofNanos(1_000 * amount);
            case 'n' -> Duration.ofNanos(amount);
            default -> null;
        };
    }

    /** The same answer as a client of gRPC reads it: without a body, its status in the head (Trailers-Only). */
    static HttpHeaders head(Reply reply) {
        HttpHeaders headers = new DefaultHttpHeaders().add(reply.headers());
        headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        headers.set(HttpHeaderNames.CONTENT_TYPE, TYPE);
        return headers.add(end(reply.status()));
    }

    /**
     * Whether an answer that began so can be ended by {@link #end} before its time. What is no
     * call's would seem whole, and what says how long it is malformed (RFC 9113 §8.1.1): they are cut like all others.
     */
    static boolean canBeEnded(ResponseHead head) {
        return head.status() == 200
                && isCall(head.headers())
                && !head.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
    }

    /** The trailers of a call that ends so. */
    static HttpHeaders end(int status) {
        return new DefaultHttpHeaders()
                .set(STATUS, Integer.toString(code(status)))
                .set(MESSAGE, HttpResponseStatus.valueOf(status).reasonPhrase());
    }

    /** As clients would take the HTTP status, but where ours says more than theirs could. */
    private static int code(int status) {
        return switch (status) {
            case 400, 414, 431 -> 13; // INTERNAL
            case 401 -> 16; // UNAUTHENTICATED
            case 403 -> 7; // PERMISSION_DENIED
            case 404, 501 -> 12; // UNIMPLEMENTED
            case 413, 429 -> 8; // RESOURCE_EXHAUSTED
            case 408, 504 -> 4; // DEADLINE_EXCEEDED
            case 500, 502, 503 -> 14; // UNAVAILABLE
            default -> 2; // UNKNOWN
        };
    }
}
