package dev.portico.proxy.ratelimit;

import dev.portico.proxy.match.Attributes;
import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.Network;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.routetable.RateLimit;
import dev.portico.routetable.RateLimit.KeyPart;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads from a request the key of its bucket. */
final class Key {
    /** Longer keys are hashed: what clients send must not decide how much memory a bucket takes. */
    private static final int MAX_LENGTH = 96;

    private final List<KeyPart> parts;
    private final int ipv4Prefix;
    private final int ipv6Prefix;

    Key(RateLimit limit) {
        parts = limit.key();
        ipv4Prefix = limit.ipv4Prefix();
        ipv6Prefix = limit.ipv6Prefix();
    }

    String of(Exchange exchange) {
        if (parts.isEmpty()) {
            return "";
        }
        if (parts.size() == 1) {
            return bounded(part(parts.getFirst(), exchange));
        }
        var joined = new StringBuilder();
        for (KeyPart part : parts) {
            String value = part(part, exchange);
            // With lengths, no choice of values can imitate another key.
            joined.append(value.length()).append(':').append(value);
        }
        return bounded(joined.toString());
    }

    private String part(KeyPart part, Exchange exchange) {
        RequestHead request = exchange.request();
        return switch (part.attribute()) {
            case CLIENT_IP -> network(exchange.clientAddress());
            case HEADER -> orEmpty(Attributes.header(request, name(part)));
            case COOKIE -> orEmpty(Attributes.cookie(request, name(part)));
            case QUERY_PARAM -> orEmpty(Attributes.queryParam(request, name(part)));
            case HOST -> request.host();
            case PATH -> request.path();
            case METHOD -> request.method();
        };
    }

    private String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        Network.mask(bytes, address instanceof Inet4Address ? ipv4Prefix : ipv6Prefix);
        return HexFormat.of().formatHex(bytes);
    }

    private static String name(KeyPart part) {
        return Objects.requireNonNull(part.name());
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String bounded(String key) {
        if (key.length() <= MAX_LENGTH) {
            return key;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
