package dev.portico.proxy.ratelimit;

import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.KeyedState;
import dev.portico.proxy.pipeline.Networks;
import dev.portico.proxy.pipeline.Reply;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.proxy.pipeline.Stage;
import dev.portico.routetable.RateLimit;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lets a request pass if its bucket has a token. */
public final class RateLimitStage implements Stage {
    /** The reason in log and metrics. */
    public static final String REASON = "rate_limited";

    private final RateLimit limit;
    private final Predicate<RequestHead> counts;
    private final Networks exempt;
    private final Key key;
    private final Rate rate;
    private final LimitHeaders headers;
    private final String body;
    private final Buckets buckets;
    private final LongSupplier nanoTime;

    public RateLimitStage(RateLimit limit, KeyedState state, LongSupplier nanoTime) {
        this.limit = limit;
        this.counts = Requests.of(limit.matches());
        this.exempt = Networks.of(limit.exempt());
        this.key = new Key(limit);
        this.rate = Rate.of(limit.requests());
        this.headers = LimitHeaders.of(limit);
        String text = limit.refusal().body();
        this.body = text == null ? "" : text;
        this.buckets = state.get(Buckets.class, limit.id(), () -> new Buckets(nanoTime));
        this.nanoTime = nanoTime;
    }

    @Override
    public @Nullable Reply request(Exchange exchange) {
        if (!counts.test(exchange.request()) || exempt.contains(exchange.clientAddress())) {
            return null;
        }
        Taken taken = buckets.take(key.of(exchange), rate, nanoTime.getAsLong());
        return switch (limit.mode()) {
            case ENFORCE -> enforce(exchange, taken);
            case SHADOW -> {
                if (!taken.passes()) {
                    buckets.countShadowed();
                }
                yield null;
            }
        };
    }

    private @Nullable Reply enforce(Exchange exchange, Taken taken) {
        headers.write(exchange, taken);
        if (taken.passes()) {
            return null;
        }
        buckets.countRefused();
        HttpHeaders answer = new DefaultHttpHeaders();
        answer.set(HttpHeaderNames.RETRY_AFTER, LimitHeaders.seconds(taken.waitNanos()));
        if (!body.isEmpty()) {
            String type = limit.refusal().contentType();
            answer.set(HttpHeaderNames.CONTENT_TYPE, type == null ? "text/plain; charset=utf-8" : type);
        }
        return new Reply(limit.refusal().statusCode(), REASON, answer, body, false);
    }
}
