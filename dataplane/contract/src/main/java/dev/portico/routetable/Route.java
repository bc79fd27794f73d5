package dev.portico.routetable;

import java.util.List;

/**
 * One way a request can go: match, filters, action.
 *
 * @param id names the user's object and rule, as in {@code Ingress/shop/web}; a label of metrics, log and debug page
 * @param filters each kind at most once but {@link RateLimit}; they run in the order of {@link Filter#ORDER}
 */
public record Route(String id, Match match, List<Filter> filters, Action action, Timeouts timeouts) {
    public Route {
        Check.text("id", id);
        filters = List.copyOf(filters);
    }
}
