package dev.portico.routetable;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is believed of clients, what they may cost, and what is hidden from them and from endpoints.
 *
 * @param trustedProxies peers whose forwarding header is believed; absent: nobody's
 * @param limits absent: {@link ClientLimits#DEFAULT}, so that a table says limits only where a user did
 */
public record ClientTraffic(
        @Nullable TrustedProxies trustedProxies,
        ServerHeader serverHeader,
        RequestId requestId,
        EscapedSlashes escapedSlashes,
        UnderscoreHeaders underscoreHeaders,
        @Nullable ClientLimits limits) {
    /** What holds where nobody said otherwise. */
    public static final ClientTraffic DEFAULT = new ClientTraffic(
            null, ServerHeader.REMOVE, RequestId.DEFAULT, EscapedSlashes.REJECT, UnderscoreHeaders.DROP, null);

    /** The limits that hold. */
    public ClientLimits limitsOrDefault() {
        return limits == null ? ClientLimits.DEFAULT : limits;
    }

    /** Peers in {@code cidrs} may name the client by {@code header}. A CIDR is an address or address/bits, both families. */
    public record TrustedProxies(List<String> cidrs, ForwardingHeader header) {
        public TrustedProxies {
            cidrs = List.copyOf(cidrs);
        }
    }

    /** The header by which a trusted peer names the client. */
    public enum ForwardingHeader {
        X_FORWARDED_FOR,
        FORWARDED,
        X_REAL_IP
    }

    /** Whether Server and X-Powered-By of endpoints reach the client. */
    public enum ServerHeader {
        REMOVE,
        PASS
    }

    /** The header that carries the id of a request. */
    public record RequestId(String header, Mode mode) {
        public static final RequestId DEFAULT = new RequestId("X-Request-ID", Mode.KEEP_OR_GENERATE);

        public RequestId {
            Check.text("header", header);
        }

        /** Who says the id. */
        public enum Mode {
            KEEP_OR_GENERATE,
            GENERATE,
            DISABLED
        }
    }

    /** What becomes of {@code %2F} and {@code %5C} in a path, once, before routing. */
    public enum EscapedSlashes {
        REJECT,
        KEEP,
        UNESCAPE
    }

    /** What becomes of request headers with {@code _} in their name. */
    public enum UnderscoreHeaders {
        DROP,
        REJECT,
        ALLOW
    }
}
