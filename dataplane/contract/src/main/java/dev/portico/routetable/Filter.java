package dev.portico.routetable;

import java.util.List;

/** A declared step between match and action. */
public sealed interface Filter permits RateLimit, UrlRewrite, RequestHeaders, ResponseHeaders {
    /** The order in which filters run, whatever the order in which they were declared. */
    List<Class<? extends Filter>> ORDER =
            List.of(RateLimit.class, UrlRewrite.class, RequestHeaders.class, ResponseHeaders.class);
}
