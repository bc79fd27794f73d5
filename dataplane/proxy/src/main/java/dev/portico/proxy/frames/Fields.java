package dev.portico.proxy.frames;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Map;

/** Fields of heads and trailers between HTTP/2 and the form that the pipeline knows, which is HTTP/1.1's. */
public final class Fields {
    private static final AsciiString[] NONE = {};

    private Fields() {}

    /**
     * As HTTP/1.1 has them: without pseudo-headers, cookies in one line. Throws IllegalArgumentException for characters
     * that cannot stand there.
     */
    public static HttpHeaders of(Http2Headers headers) {
        var fields = new DefaultHttpHeaders();
        StringBuilder cookies = null;
        for (Map.Entry<CharSequence, CharSequence> field : headers) {
            CharSequence name = field.getKey();
            if (PseudoHeaderName.hasPseudoHeaderFormat(name)) {
                continue;
            }
            if (HttpHeaderNames.COOKIE.contentEquals(name)) {
                cookies = cookies == null ? new StringBuilder() : cookies.append("; ");
                cookies.append(field.getValue());
            } else {
                fields.add(name, field.getValue());
            }
        }
        if (cookies != null) {
            fields.add(HttpHeaderNames.COOKIE, cookies);
        }
        return fields;
    }

    /** Whether all characters of names and values can stand in a head. */
    public static boolean areValid(HttpHeaders headers) {
        var fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            if (HttpHeaderValidationUtil.validateToken(field.getKey()) >= 0
                    || HttpHeaderValidationUtil.validateValidHeaderValue(field.getValue()) >= 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * As HTTP/2 has them, name and value in turn: in lower case, without those of one connection and Host, which is
     * {@code :authority}.
     */
    public static AsciiString[] pairs(HttpHeaders headers) {
        var pairs = new ArrayList<AsciiString>(2 * headers.size());
        var fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            AsciiString name = AsciiString.of(field.getKey()).toLowerCase();
            if (!isLeftOut(name)) {
                pairs.add(name);
                pairs.add(AsciiString.of(field.getValue()));
            }
        }
        return pairs.toArray(NONE);
    }

    /** Those that HTTP/2 forbids (RFC 9113 §8.2.2) and Host, told by their length first. */
    private static boolean isLeftOut(AsciiString name) {
        return switch (name.length()) {
            case 4 -> name.equals(HttpHeaderNames.HOST);
            case 7 -> name.equals(HttpHeaderNames.UPGRADE);
            case 10 -> name.equals(HttpHeaderNames.CONNECTION) || name.contentEquals("keep-alive");
            case 16 -> name.contentEquals("proxy-connection");
            case 17 -> name.equals(HttpHeaderNames.TRANSFER_ENCODING);
            default -> false;
        };
    }
}
