package dev.portico.proxy.ratelimit;

import dev.portico.proxy.pipeline.Exchange;
import dev.portico.routetable.RateLimit;

/** Tells the client where it stands. */
@FunctionalInterface
interface LimitHeaders {
    void write(Exchange exchange, Taken taken);

    static LimitHeaders of(RateLimit limit) {
        return switch (limit.refusal().headers()) {
            case RATE_LIMIT -> rateLimit(limit);
            case X_RATE_LIMIT -> xRateLimit(limit.requests().count());
            case NONE -> (_, _) -> {};
        };
    }

    /** Rounded up: who waits as long as told must not come too early. */
    static long seconds(long nanos) {
        return nanos / 1_000_000_000 + (nanos % 1_000_000_000 == 0 ? 0 : 1);
    }

    /** draft-ietf-httpapi-ratelimit-headers-10: each limit is a member of the list, under its name. */
    private static LimitHeaders rateLimit(RateLimit limit) {
        String name = quoted(limit.id().substring(limit.id().lastIndexOf('/') + 1));
        String policy = name + ";q=" + limit.requests().count() + ";w="
                + seconds(limit.requests().per().toNanos());
        return (exchange, taken) -> {
            exchange.answerWith("RateLimit-Policy", policy);
            exchange.answerWith("RateLimit", name + ";r=" + taken.remaining() + ";t=" + seconds(taken.fullInNanos()));
        };
    }

    private static LimitHeaders xRateLimit(long count) {
        String limit = Long.toString(count);
        return (exchange, taken) -> {
            exchange.answerWith("X-RateLimit-Limit", limit);
            exchange.answerWith("X-RateLimit-Remaining", Long.toString(taken.remaining()));
            exchange.answerWith("X-RateLimit-Reset", Long.toString(seconds(taken.fullInNanos())));
        };
    }

    /** A string of RFC 9651 §3.3.3, which knows printable ASCII alone. */
    private static String quoted(String name) {
        var text = new StringBuilder("\"");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c >= ' ' && c <= '~') {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
