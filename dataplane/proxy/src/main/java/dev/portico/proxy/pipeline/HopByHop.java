package dev.portico.proxy.pipeline;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Removes what concerns one connection only (RFC 9110 §7.6.1), the headers that Connection nominates among it. Runs
 * before anything of ours is added, so no nomination can take that away.
 */
final class HopByHop {
    private static final AsciiString HTTP2_SETTINGS = AsciiString.cached("http2-settings");
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    private static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");

    private HopByHop() {}

    static void remove(HttpHeaders headers) {
        List<CharSequence> found = found(headers);
        if (found == null) {
            return;
        }
        headers.getAll(HttpHeaderNames.CONNECTION).forEach(options -> removeNominated(headers, options));
        found.forEach(headers::remove);
    }

    private static void removeNominated(HttpHeaders headers, String options) {
        if (is(HttpHeaderValues.KEEP_ALIVE, options) || is(HttpHeaderValues.CLOSE, options)) {
            return; // what nearly all say, and no header's name
        }
        for (String option : options.split(",", -1)) {
            String name = option.strip();
            if (mayBeNominated(name)) {
                headers.remove(name);
            }
        }
    }

    private static @Nullable List<CharSequence> found(HttpHeaders headers) {
        List<CharSequence> found = null;
        Iterator<Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
        while (each.hasNext()) {
            CharSequence name = each.next().getKey();
            if (isHopByHop(name)) {
                found = found == null ? new ArrayList<>(4) : found;
                found.add(name);
            }
        }
        return found;
    }

    /** By length first: nearly every header is told apart by it. */
    static boolean isHopByHop(CharSequence name) {
        return switch (name.length()) {
            case 2 -> is(HttpHeaderNames.TE, name);
            case 7 -> is(HttpHeaderNames.UPGRADE, name);
            case 10 -> is(HttpHeaderNames.CONNECTION, name) || is(KEEP_ALIVE, name);
            case 14 -> is(HTTP2_SETTINGS, name);
            case 16 -> is(PROXY_CONNECTION, name);
            case 17 -> is(HttpHeaderNames.TRANSFER_ENCODING, name);
            case 18 -> is(HttpHeaderNames.PROXY_AUTHENTICATE, name);
            case 19 -> is(HttpHeaderNames.PROXY_AUTHORIZATION, name);
            default -> false;
        };
    }

    /** Who is the client, and where the message ends, is not for a client to take away from what trusted peers said. */
    private static boolean mayBeNominated(String name) {
        return !name.isEmpty()
                && !is(HttpHeaderNames.HOST, name)
                && !is(HttpHeaderNames.CONTENT_LENGTH, name)
                && !ForwardedHeaders.concerns(name);
    }

    private static boolean is(AsciiString expected, CharSequence name) {
        return expected.contentEqualsIgnoreCase(name);
    }
}
