package dev.portico.proxy.runtime;

import dev.portico.proxy.headers.RequestHeadersStage;
import dev.portico.proxy.headers.ResponseHeadersStage;
import dev.portico.proxy.pipeline.KeyedState;
import dev.portico.proxy.pipeline.Stage;
import dev.portico.proxy.ratelimit.RateLimitStage;
import dev.portico.proxy.rewrite.UrlRewriteStage;
import dev.portico.routetable.Filter;
import dev.portico.routetable.RateLimit;
import dev.portico.routetable.RequestHeaders;
import dev.portico.routetable.ResponseHeaders;
import dev.portico.routetable.Route;
import dev.portico.routetable.UrlRewrite;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/** Which stage carries out which filter. */
public final class Stages {
    private final KeyedState state;
    private final LongSupplier nanoTime;

    public Stages(KeyedState state, LongSupplier nanoTime) {
        this.state = state;
        this.nanoTime = nanoTime;
    }

    /** The stages of a route in the order of {@link Filter#ORDER}. */
    List<Stage> of(Route route) {
        return route.filters().stream()
                .sorted(Comparator.comparingInt(filter -> Filter.ORDER.indexOf(filter.getClass())))
                .map(filter -> stage(filter, route))
                .toList();
    }

    private Stage stage(Filter filter, Route route) {
        return switch (filter) {
            case RateLimit limit -> new RateLimitStage(limit, state, nanoTime);
            case UrlRewrite rewrite ->
                new UrlRewriteStage(rewrite, route.match().path());
            case RequestHeaders headers -> new RequestHeadersStage(headers);
            case ResponseHeaders headers -> new ResponseHeadersStage(headers);
        };
    }
}
