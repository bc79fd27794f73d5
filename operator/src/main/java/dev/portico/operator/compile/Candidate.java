package dev.portico.operator.compile;

import dev.portico.routetable.Action;
import dev.portico.routetable.Filter;
import dev.portico.routetable.Match;
import dev.portico.routetable.Respond;
import dev.portico.routetable.Route;
import dev.portico.routetable.Timeouts;
import java.util.ArrayList;
import java.util.List;

/**
 * A route that is to serve a host pattern on some listeners, unless another one has its match.
 *
 * @param section the name by which policies and status know it
 * @param policies its own, beside those of the listener
 */
record Candidate(
        String id,
        String section,
        String field,
        boolean fallback,
        List<BoundListener> listeners,
        Match match,
        List<Filter> filters,
        Action action,
        Timeouts timeouts,
        List<Applied> policies) {
    /** The word, where the listener's policies hold too. A policy that cannot be honoured closes the route. */
    Route route(List<Applied> ofListener) {
        if (ofListener.isEmpty() && policies.isEmpty()) {
            return new Route(id, match, filters, action, timeouts);
        }
        var all = new ArrayList<>(ofListener);
        all.addAll(policies);
        for (Applied applied : all) {
            if (applied.isClosed()) {
                var reason = applied.policy().origin().object() + " cannot be honoured";
                return new Route(id, match, List.of(), new Respond(503, reason), timeouts);
            }
        }
        var limited = new ArrayList<>(Applied.filters(all));
        limited.addAll(filters);
        return new Route(id, match, limited, action, timeouts);
    }
}
