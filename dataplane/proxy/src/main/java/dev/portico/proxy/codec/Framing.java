package dev.portico.proxy.codec;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/** Where a message and its connection end, as a head says it: in one way, or it is malformed (RFC 9112 §6.3, §9.3). */
final class Framing {
    static final long CHUNKED = -1;
    /** A body that lasts as long as the connection. */
    static final long TO_END = -2;

    private static final long UNSAID = -3;

    private Framing() {}

    /**
     * The length of the body, or {@link #CHUNKED}.
     *
     * @param old whether the message is of HTTP/1.0, which knows no chunks
     * @param otherwise where the head says nothing of it
     */
    static long of(ReadHeaders headers, boolean old, long otherwise) throws UnreadableException {
        long said = UNSAID;
        List<Field> fields = headers.fields();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            long length = switch (field.nameLength()) {
                case 14 -> field.isNamed(HttpHeaderNames.CONTENT_LENGTH) ? length(field.text()) : UNSAID;
                case 17 -> field.isNamed(HttpHeaderNames.TRANSFER_ENCODING) ? chunked(field.text(), old) : UNSAID;
                default -> UNSAID;
            };
            if (length != UNSAID) {
                UnreadableException.unless(said == UNSAID);
                said = length;
            }
        }
        return said == UNSAID ? otherwise : said;
    }

    private static long length(String text) throws UnreadableException {
        UnreadableException.unless(!text.isEmpty());
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            UnreadableException.unless(digit >= 0 && digit <= 9 && length <= (Long.MAX_VALUE - digit) / 10);
            length = length * 10 + digit;
        }
        return length;
    }

    /** Other codings than chunked are nothing that we could take off, and what we send on does not name them. */
    private static long chunked(String text, boolean old) throws UnreadableException {
        UnreadableException.unless(!old && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(text));
        return CHUNKED;
    }

    /** Whether another message may follow on the connection. */
    static boolean keepsAlive(HttpHeaders headers, boolean old) {
        return !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)
                && (!old || headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE, true));
    }

    /** Trailers cannot say where the message ended (RFC 9110 §6.5.1). */
    static void removeFrom(HttpHeaders trailers) {
        trailers.remove(HttpHeaderNames.CONTENT_LENGTH)
                .remove(HttpHeaderNames.TRANSFER_ENCODING)
                .remove(HttpHeaderNames.TRAILER);
    }
}
