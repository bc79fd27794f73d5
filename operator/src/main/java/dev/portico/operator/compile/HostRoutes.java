package dev.portico.operator.compile;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.Problem;
import dev.portico.routetable.Filter;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.Match;
import dev.portico.routetable.RateLimit;
import dev.portico.routetable.Route;
import dev.portico.routetable.VirtualHost;
import dev.portico.routetable.VirtualHost.Binding;
import dev.portico.routetable.VirtualHost.HttpsRedirect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Pass: the routes of a host pattern, each match given to the first who wants it, identical lists in one virtual host. */
final class HostRoutes {
    private final HostPattern host;
    private final List<Contribution> contributions;
    private final @Nullable ObjectRef owner;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<Place> reached = new HashSet<>();
    private final Map<Place, String> shadowed = new HashMap<>();
    private final Set<String> limits = new HashSet<>();

    private HostRoutes(HostPattern host, List<Contribution> contributions) {
        this.host = host;
        this.contributions = contributions;
        this.owner = contributions.stream()
                .filter(each -> !each.candidates().isEmpty())
                .map(each -> each.origin().object())
                .findFirst()
                .orElse(null);
    }

    static Result of(HostPattern host, Collection<Contribution> contributions) {
        return new HostRoutes(host, contributions.stream().sorted().toList()).assemble();
    }

    private Result assemble() {
        var listeners = new TreeMap<String, BoundListener>();
        contributions.forEach(each -> each.listeners().forEach(listener -> listeners.put(listener.id(), listener)));
        var sharing = new LinkedHashMap<List<Route>, List<BoundListener>>();
        for (BoundListener listener : listeners.values()) {
            sharing.computeIfAbsent(routes(listener), _ -> new ArrayList<>()).add(listener);
        }
        var https = httpsPort(listeners.values());
        var placed = new ArrayList<Placed>();
        sharing.forEach((routes, sharers) -> {
            var bindings = sharers.stream()
                    .map(listener -> new Binding(listener.id(), redirect(listener, https)))
                    .toList();
            placed.add(new Placed(
                    contributions.getFirst().dataPlane(),
                    Table.Entry.of(new VirtualHost(host, bindings, routes), origins())));
        });
        return new Result(owner, placed, List.copyOf(problems), reached, shadowed, limits);
    }

    private List<Route> routes(BoundListener listener) {
        var routes = new ArrayList<Route>();
        var taken = new HashMap<Match, Candidate>();
        for (boolean fallback : new boolean[] {false, true}) {
            for (Contribution contribution : contributions) {
                for (Candidate candidate : contribution.candidates()) {
                    if (candidate.fallback() == fallback && isOn(listener, candidate)) {
                        add(contribution, candidate, listener, taken, routes);
                    }
                }
            }
        }
        return routes;
    }

    private void add(
            Contribution contribution,
            Candidate candidate,
            BoundListener listener,
            Map<Match, Candidate> taken,
            List<Route> routes) {
        var place = new Place(contribution.origin().object(), candidate.section());
        var winner = taken.putIfAbsent(candidate.match(), candidate);
        if (winner == null) {
            var route = candidate.route(listener.policies());
            routes.add(route);
            for (Filter filter : route.filters()) {
                if (filter instanceof RateLimit limit) {
                    limits.add(limit.id());
                }
            }
            reached.add(place);
        } else if (!candidate.fallback() || winner.fallback()) {
            var message = "path " + candidate.match().path().value() + " of host " + host + " is served by "
                    + winner.id() + ", which is older or stands before it, expected another host or path";
            shadowed.putIfAbsent(place, message);
            if (!contribution.own()) {
                problems.add(new Problem(place.object(), candidate.field(), "Conflicted", message));
            }
        }
    }

    private static boolean isOn(BoundListener listener, Candidate candidate) {
        return candidate.listeners().stream().anyMatch(other -> other.id().equals(listener.id()));
    }

    private static @Nullable Integer httpsPort(Collection<BoundListener> listeners) {
        return listeners.stream()
                .filter(BoundListener::tls)
                .map(BoundListener::port)
                .min(Integer::compare)
                .orElse(null);
    }

    /** The listener's own redirect, or else that which TLS of the host's owner brings with it. */
    private @Nullable HttpsRedirect redirect(BoundListener listener, @Nullable Integer https) {
        if (listener.tls() || listener.redirect() != null) {
            return listener.redirect();
        }
        return https != null && hasTls() ? new HttpsRedirect(308, https) : null;
    }

    private boolean hasTls() {
        var has = false;
        for (Contribution contribution : contributions) {
            if (contribution.tls() != null) {
                var object = contribution.origin().object();
                if (owner == null || owner.namespace().equals(object.namespace())) {
                    has = true;
                } else {
                    problems.add(Names.foreign(host, owner, object, contribution.tls()));
                }
            }
        }
        return has;
    }

    private List<Origin> origins() {
        var origins = new TreeSet<Origin>();
        for (Contribution contribution : contributions) {
            origins.add(contribution.origin());
            for (Candidate candidate : contribution.candidates()) {
                candidate
                        .policies()
                        .forEach(applied -> origins.add(applied.policy().origin()));
                candidate
                        .listeners()
                        .forEach(listener -> listener.policies()
                                .forEach(applied -> origins.add(applied.policy().origin())));
            }
        }
        return List.copyOf(origins);
    }

    /** A section of an object. */
    record Place(ObjectRef object, String section) {}

    /**
     * What became of the pattern.
     *
     * @param owner whose host it is: the Gateway if it has routes there, else the oldest that does
     * @param reached the sections of which something serves
     * @param shadowed those of which something does not, and why
     * @param limits the ids of the limits that hold for some route
     */
    record Result(
            @Nullable ObjectRef owner,
            List<Placed> placed,
            List<Problem> problems,
            Set<Place> reached,
            Map<Place, String> shadowed,
            Set<String> limits) {
        static final Result NOTHING = new Result(null, List.of(), List.of(), Set.of(), Map.of(), Set.of());
    }
}
