package dev.portico.routetable;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets a limited number of requests pass for each value of a key; several of a route must all let it pass.
 *
 * @param id the counters' identity: whatever shares it shares them, and they outlive the table
 * @param matches the requests that count, one of which must hold; none: all
 * @param key the parts that are joined to the counter's key; none: one counter for all
 * @param exempt CIDRs of clients that neither count nor are refused
 */
public record RateLimit(
        String id,
        List<Condition> matches,
        List<KeyPart> key,
        int ipv4Prefix,
        int ipv6Prefix,
        TokenBucket requests,
        List<String> exempt,
        Mode mode,
        Refusal refusal)
        implements Filter {
    public RateLimit {
        Check.text("id", id);
        matches = List.copyOf(matches);
        key = List.copyOf(key);
        Check.range("ipv4Prefix", ipv4Prefix, 8, 32);
        Check.range("ipv6Prefix", ipv6Prefix, 32, 128);
        exempt = List.copyOf(exempt);
    }

    /** Requests that count: all parts that are given must hold. */
    public record Condition(List<String> methods, @Nullable PathMatch path, List<ValueMatch> headers) {
        public Condition {
            methods = List.copyOf(methods);
            headers = List.copyOf(headers);
        }
    }

    /** A part of the key; {@code name} exactly for HEADER, COOKIE, QUERY_PARAM. A part the request lacks is "". */
    public record KeyPart(Attribute attribute, @Nullable String name) {
        public KeyPart {
            if (attribute.isNamed() && name == null) {
                throw new IllegalArgumentException("name of the key part " + attribute + " is absent, expected one");
            }
        }

        /** What a part is taken from. */
        public enum Attribute {
            CLIENT_IP,
            HEADER,
            COOKIE,
            QUERY_PARAM,
            HOST,
            PATH,
            METHOD;

            boolean isNamed() {
                return this == HEADER || this == COOKIE || this == QUERY_PARAM;
            }
        }
    }

    /** Holds {@code burst} tokens at most and regains {@code count} evenly over {@code per}. */
    public record TokenBucket(long count, Duration per, long burst) {
        public TokenBucket {
            if (count < 1 || per.isNegative() || per.isZero() || burst < 0) {
                throw new IllegalArgumentException(
                        "token bucket is " + count + " per " + per + " burst " + burst + ", expected positive figures");
            }
        }
    }

    /** Whether a request beyond the limit is refused or only counted. */
    public enum Mode {
        ENFORCE,
        SHADOW
    }

    /** The answer to a refused request. */
    public record Refusal(
            int statusCode,
            HeaderStyle headers,
            @Nullable String body,
            @Nullable String contentType) {
        public Refusal {
            Check.range("statusCode", statusCode, 400, 599);
            if (contentType != null) {
                Check.headerValue("contentType", contentType);
            }
        }
    }

    /** Which headers tell the client of the limit. */
    public enum HeaderStyle {
        /** RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers). */
        RATE_LIMIT,
        /** X-RateLimit-Limit, -Remaining, -Reset. */
        X_RATE_LIMIT,
        NONE
    }
}
