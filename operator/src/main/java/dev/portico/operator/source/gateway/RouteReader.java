package dev.portico.operator.source.gateway;

import dev.portico.crds.gateway.BackendRef;
import dev.portico.crds.gateway.CookieMatch;
import dev.portico.crds.gateway.QueryParamMatch;
import dev.portico.crds.gateway.Route;
import dev.portico.crds.gateway.RouteMatch;
import dev.portico.operator.model.Hostnames;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problems;
import dev.portico.operator.model.RouteDeclaration;
import dev.portico.operator.source.Durations;
import dev.portico.operator.source.Matches;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.Match;
import dev.portico.routetable.PathMatch;
import dev.portico.routetable.Respond;
import dev.portico.routetable.Timeouts;
import dev.portico.routetable.ValueMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a route of a Gateway. With problems, what it returns is not to be used. */
final class RouteReader {
    private final ObjectRef gateway;
    private final Route route;
    private final String field;
    private final Problems problems;

    RouteReader(ObjectRef gateway, Route route, String field, Problems problems) {
        this.gateway = gateway;
        this.route = route;
        this.field = field;
        this.problems = problems;
    }

    RouteDeclaration read() {
        var matches = matches();
        var filters = new FilterReader(field, matches, problems).read(route.filters());
        return new RouteDeclaration(
                gateway + "/" + route.name(),
                route.name(),
                field,
                hosts(),
                route.listeners().isEmpty() ? null : Set.copyOf(route.listeners()),
                matches,
                filters.filters(),
                filters.redirect() == null ? target() : new RouteDeclaration.Answer(filters.redirect()),
                timeouts(),
                false);
    }

    private List<HostPattern> hosts() {
        if (route.hostnames().isEmpty()) {
            return List.of(HostPattern.ANY);
        }
        var hosts = new ArrayList<HostPattern>();
        for (int i = 0; i < route.hostnames().size(); i++) {
            var text = route.hostnames().get(i);
            var host = Hostnames.parse(text, HostPattern.Kind.LABELS);
            if (host == null) {
                problems.add(
                        field + ".hostnames[" + i + "]",
                        Matches.UNSUPPORTED_VALUE,
                        "'" + text + "' is no host name, expected one or *. and one");
            } else {
                hosts.add(host);
            }
        }
        return hosts;
    }

    private List<Match> matches() {
        var matches = new ArrayList<Match>();
        for (RouteMatch match : route.matches()) {
            matches.add(match(match, field + ".matches[" + matches.size() + "]"));
        }
        return matches.isEmpty() ? List.of(Match.ALL) : matches;
    }

    private Match match(RouteMatch match, String at) {
        var path = match.path();
        return new Match(
                path == null ? new PathMatch(PathMatch.Kind.PREFIX, "/") : Matches.path(path, at + ".path", problems),
                match.method() == null ? null : match.method().name(),
                Matches.headers(match.headers(), at + ".headers", problems),
                queryParams(match.queryParams(), at + ".queryParams"),
                cookies(match.cookies(), at + ".cookies"));
    }

    private List<ValueMatch> queryParams(List<QueryParamMatch> params, String at) {
        var words = new ArrayList<ValueMatch>();
        for (QueryParamMatch param : params) {
            words.add(
                    Matches.value(param.type(), param.name(), param.value(), at + "[" + words.size() + "]", problems));
        }
        return words;
    }

    private List<ValueMatch> cookies(List<CookieMatch> cookies, String at) {
        var words = new ArrayList<ValueMatch>();
        for (CookieMatch cookie : cookies) {
            words.add(Matches.value(
                    cookie.type(), cookie.name(), cookie.value(), at + "[" + words.size() + "]", problems));
        }
        return words;
    }

    private RouteDeclaration.Target target() {
        if (route.backendRefs().isEmpty()) {
            return new RouteDeclaration.Answer(new Respond(500, field + " has no backendRefs"));
        }
        var backends = new ArrayList<RouteDeclaration.Backend>();
        for (BackendRef backend : route.backendRefs()) {
            backends.add(new RouteDeclaration.Backend(
                    ObjectRef.service(gateway.namespace(), backend.name()),
                    new RouteDeclaration.Port(null, backend.port()),
                    backend.weight(),
                    field + ".backendRefs[" + backends.size() + "]",
                    backend.group().isEmpty() && backend.kind().equals("Service")
                            ? null
                            : "kind is " + backend.kind() + " of '" + backend.group() + "', expected Service"));
        }
        return new RouteDeclaration.Backends(backends);
    }

    private Timeouts timeouts() {
        var timeouts = route.timeouts();
        if (timeouts == null) {
            return Timeouts.DEFAULT;
        }
        return new Timeouts(
                Durations.read(timeouts.request(), field + ".timeouts.request", problems),
                Durations.read(timeouts.backendRequest(), field + ".timeouts.backendRequest", problems));
    }
}
