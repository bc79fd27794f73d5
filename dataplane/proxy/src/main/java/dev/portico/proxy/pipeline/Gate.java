package dev.portico.proxy.pipeline;

import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.ClientTraffic.UnderscoreHeaders;
import dev.portico.routetable.HttpListener;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Checks and normalises the head of every request of a listener before anything else sees it: what is matched behind
 * it, is what is forwarded, and nothing of it can be read in two ways. Made once per listener and table.
 */
public final class Gate {
    private final HttpListener listener;
    private final ClientTraffic traffic;
    private final int mostFields;
    private final ForwardedHeaders forwarding;
    private final RequestIds requestIds;

    public Gate(HttpListener listener) {
        this.listener = listener;
        this.traffic = listener.clientTraffic();
        this.mostFields = traffic.limitsOrDefault().headers().maxCount();
        this.forwarding = new ForwardedHeaders(listener);
        this.requestIds = new RequestIds(traffic.requestId());
    }

    public HttpListener listener() {
        return listener;
    }

    /** Lets the request in, its head normalised in the exchange; else says why not. */
    @Nullable
    Refusal admit(Exchange exchange, boolean bodyFollows) {
        ReceivedHead received = exchange.received();
        HttpHeaders headers = received.headers();
        if (headers.size() > mostFields) {
            return Refusal.HEADERS_TOO_LARGE;
        }
        if (!isToken(received.method())) {
            return Refusal.MALFORMED_REQUEST;
        }
        if (received.method().equals("CONNECT")) {
            return Refusal.METHOD_NOT_SUPPORTED;
        }
        Target target = Target.of(received.method(), received.target());
        if (target == null) {
            return Refusal.BAD_TARGET;
        }
        Authority authority = authority(received, target);
        if (authority == null) {
            return Refusal.BAD_HOST;
        }
        String path = target.path().equals("*") ? "*" : NormalPath.of(target.path(), traffic.escapedSlashes());
        if (path == null) {
            return Refusal.BAD_PATH;
        }
        Refusal refusal = headers(headers, bodyFollows);
        if (refusal != null) {
            return refusal;
        }
        exchange.clientAddress = forwarding.apply(exchange.client(), authority, headers);
        exchange.requestId = requestIds.apply(headers);
        exchange.request = new RequestHead(
                received.method(),
                exchange.client().scheme(),
                authority.host(),
                authority.text(),
                path,
                target.query(),
                headers);
        return null;
    }

    /** Exactly one Host, which must be valid even where an absolute target goes before it (RFC 9112 §3.2.2). */
    private static @Nullable Authority authority(ReceivedHead received, Target target) {
        List<String> hosts = received.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || (hosts.isEmpty() && received.authority() == null)) {
            return null;
        }
        Authority host = hosts.isEmpty() ? null : Authority.of(hosts.getFirst());
        if (!hosts.isEmpty() && host == null) {
            return null;
        }
        Authority named = received.authority() == null ? host : Authority.of(received.authority());
        if (named == null || (host != null && !named.equals(host))) {
            return null;
        }
        return target.authority() == null ? named : Authority.of(target.authority());
    }

    private @Nullable Refusal headers(HttpHeaders headers, boolean bodyFollows) {
        if (headers.contains(HttpHeaderNames.EXPECT)) {
            List<String> expectations = headers.getAll(HttpHeaderNames.EXPECT);
            if (!expectations.stream().allMatch("100-continue"::equalsIgnoreCase)) {
                return Refusal.EXPECTATION_FAILED;
            }
            if (!bodyFollows) {
                headers.remove(HttpHeaderNames.EXPECT);
            }
        }
        if (!underscores(headers)) {
            return Refusal.BAD_HEADER;
        }
        boolean trailers =
                headers.contains(HttpHeaderNames.TE) && headers.containsValue(HttpHeaderNames.TE, "trailers", true);
        HopByHop.remove(headers);
        if (trailers) {
            headers.set(HttpHeaderNames.TE, "trailers");
        }
        return null;
    }

    /** False where a name with {@code _} must be refused: endpoints that make variables of headers take it for {@code -}. */
    private boolean underscores(HttpHeaders headers) {
        if (traffic.underscoreHeaders() == UnderscoreHeaders.ALLOW) {
            return true;
        }
        List<CharSequence> found = null;
        Iterator<Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
        while (each.hasNext()) {
            CharSequence name = each.next().getKey();
            if (hasUnderscore(name)) {
                found = found == null ? new ArrayList<>(4) : found;
                found.add(name);
            }
        }
        if (found == null) {
            return true;
        }
        found.forEach(headers::remove);
        return traffic.underscoreHeaders() == UnderscoreHeaders.DROP;
    }

    static boolean hasUnderscore(CharSequence name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '_') {
                return true;
            }
        }
        return false;
    }

    /** RFC 9110 §5.6.2. */
    private static boolean isToken(String method) {
        for (int i = 0; i < method.length(); i++) {
            char c = method.charAt(i);
            boolean letterOrDigit = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !method.isEmpty();
    }
}
