package dev.portico.proxy.pipeline;

import dev.portico.routetable.ClientTraffic.ForwardingHeader;
import dev.portico.routetable.ClientTraffic.TrustedProxies;
import dev.portico.routetable.HttpListener;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Says who the client is and tells the endpoint: X-Forwarded-For, -Proto, -Host, -Port, X-Real-IP and, where a client
 * sent it, Forwarded (RFC 7239). Everything of this kind that an untrusted peer sent is replaced or removed.
 */
final class ForwardedHeaders {
    private static final AsciiString FOR = AsciiString.cached("x-forwarded-for");
    private static final AsciiString PROTO = AsciiString.cached("x-forwarded-proto");
    private static final AsciiString HOST = AsciiString.cached("x-forwarded-host");
    private static final AsciiString PORT = AsciiString.cached("x-forwarded-port");
    private static final AsciiString CLIENT_CERT = AsciiString.cached("x-forwarded-client-cert");
    private static final AsciiString REAL_IP = AsciiString.cached("x-real-ip");
    private static final AsciiString FORWARDED = AsciiString.cached("forwarded");

    private final String port;
    private final @Nullable Networks trusted;
    private final ForwardingHeader header;

    ForwardedHeaders(HttpListener listener) {
        TrustedProxies proxies = listener.clientTraffic().trustedProxies();
        this.port = Integer.toString(listener.port());
        this.trusted = proxies == null ? null : Networks.of(proxies.cidrs());
        this.header = proxies == null ? ForwardingHeader.X_FORWARDED_FOR : proxies.header();
    }

    /** Whether a header of this name speaks of the way of a request: only trusted peers may send it. */
    static boolean concerns(CharSequence name) {
        char first = (char) (name.charAt(0) | 0x20);
        if (name.length() < 9 || (first != 'x' && first != 'f')) {
            return false;
        }
        String lower = name.toString().toLowerCase(Locale.ROOT);
        return lower.startsWith("x-forwarded")
                || lower.equals("x-real-ip")
                || lower.equals("forwarded")
                || lower.startsWith("x-original-")
                || lower.equals("x-rewrite-url");
    }

    /** The client's address, after the headers were put in order for the endpoint. */
    InetAddress apply(Client client, Authority authority, HttpHeaders headers) {
        InetAddress peer = client.peer().getAddress();
        boolean believed = trusted != null && trusted.contains(peer);
        String peerText = client.peerText();
        if (!believed) {
            boolean forwarded = removeAll(headers);
            headers.add(FOR, peerText);
            headers.add(PROTO, client.scheme());
            headers.add(HOST, authority.text());
            headers.add(PORT, port);
            headers.add(REAL_IP, peerText);
            if (forwarded) {
                headers.set(FORWARDED, element(peerText, authority, client));
            }
            return peer;
        }
        InetAddress named = named(headers, peer);
        headers.remove(CLIENT_CERT);
        append(headers, FOR, peerText);
        setIfAbsent(headers, PROTO, client.scheme());
        setIfAbsent(headers, HOST, authority.text());
        setIfAbsent(headers, PORT, port);
        headers.set(REAL_IP, named.equals(peer) ? peerText : NetUtil.toAddressString(named));
        if (headers.contains(FORWARDED)) {
            append(headers, FORWARDED, element(peerText, authority, client));
        }
        return named;
    }

    /** Removes what concerns the way; true where Forwarded was among it. */
    private static boolean removeAll(HttpHeaders headers) {
        List<CharSequence> found = null;
        boolean forwarded = false;
        Iterator<Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
        while (each.hasNext()) {
            CharSequence name = each.next().getKey();
            if (concerns(name)) {
                found = found == null ? new ArrayList<>(4) : found;
                found.add(name);
                forwarded |= FORWARDED.contentEqualsIgnoreCase(name);
            }
        }
        if (found != null) {
            found.forEach(headers::remove);
        }
        return forwarded;
    }

    private static String element(String peer, Authority authority, Client client) {
        String node = peer.indexOf(':') < 0 ? peer : "\"[" + peer + "]\"";
        return "for=" + node + ";host=\"" + authority.text() + "\";proto=" + client.scheme();
    }

    private static void append(HttpHeaders headers, AsciiString name, String value) {
        List<String> before = headers.getAll(name);
        headers.set(name, before.isEmpty() ? value : String.join(", ", before) + ", " + value);
    }

    private static void setIfAbsent(HttpHeaders headers, AsciiString name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }

    /** The nearest address that is no trusted proxy; where a list cannot be read, the last one that could. */
    private InetAddress named(HttpHeaders headers, InetAddress peer) {
        List<String> addresses = addresses(headers);
        InetAddress nearest = peer;
        for (int i = addresses.size() - 1; i >= 0; i--) {
            InetAddress address = NetUtil.createInetAddressFromIpAddressString(bare(addresses.get(i)));
            if (address == null) {
                break;
            }
            nearest = address;
            if (trusted == null || !trusted.contains(address)) {
                break;
            }
        }
        return nearest;
    }

    private List<String> addresses(HttpHeaders headers) {
        return switch (header) {
            case X_FORWARDED_FOR -> elements(headers.getAll(FOR));
            case X_REAL_IP -> headers.getAll(REAL_IP).stream().limit(1).toList();
            case FORWARDED ->
                elements(headers.getAll(FORWARDED)).stream()
                        .map(ForwardedHeaders::forParameter)
                        .toList();
        };
    }

    private static List<String> elements(List<String> lines) {
        return lines.stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .toList();
    }

    private static String forParameter(String element) {
        for (String pair : element.split(";", -1)) {
            String parameter = pair.strip();
            if (parameter.regionMatches(true, 0, "for=", 0, 4)) {
                return parameter.substring(4).replace("\"", "");
            }
        }
        return "";
    }

    /** Without the port and the brackets that proxies write around addresses. */
    private static String bare(String text) {
        String address = text.strip();
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            return end < 0 ? "" : address.substring(1, end);
        }
        int colon = address.indexOf(':');
        return colon >= 0 && colon == address.lastIndexOf(':') ? address.substring(0, colon) : address;
    }
}
