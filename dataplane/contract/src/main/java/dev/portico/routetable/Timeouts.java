package dev.portico.routetable;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a request may take. Absent: the data plane's defaults hold; zero: no limit.
 *
 * @param request from the request's head to the response's end, retries included
 * @param backendRequest one attempt at an endpoint
 */
public record Timeouts(@Nullable Duration request, @Nullable Duration backendRequest) {
    public static final Timeouts DEFAULT = new Timeouts(null, null);

    public Timeouts {
        if (request != null) {
            Check.notNegative("request", request);
        }
        if (backendRequest != null) {
            Check.notNegative("backendRequest", backendRequest);
        }
    }
}
