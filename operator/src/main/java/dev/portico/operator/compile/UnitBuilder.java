package dev.portico.operator.compile;

import dev.portico.operator.compile.Unit.ListenerKey;
import dev.portico.operator.model.Age;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.Hostnames;
import dev.portico.operator.model.IngressReport;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.Problems;
import dev.portico.operator.model.RouteDeclaration;
import dev.portico.operator.model.ServiceDeclaration;
import dev.portico.routetable.Action;
import dev.portico.routetable.HostPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gathers what a Gateway or Ingress comes to. */
final class UnitBuilder {
    private final Origin origin;
    private final Age age;
    private final boolean own;
    private final GatewayBinding binding;
    private final Function<ObjectRef, @Nullable ServiceDeclaration> services;
    private final Certificates certificates;
    private final Map<HostPattern, Hosting> hosts = new LinkedHashMap<>();
    private final Map<UpstreamKey, UpstreamUse> upstreams = new HashMap<>();
    private final Map<CertificateKey, Claim> claims = new HashMap<>();
    private final Set<ObjectRef> dependencies = new HashSet<>();
    private final Map<String, Integer> rules = new HashMap<>();
    private final Map<String, List<Condition>> conditions = new HashMap<>();
    private int allRules;
    final Problems problems;

    UnitBuilder(
            Origin origin,
            Age age,
            GatewayBinding binding,
            Function<ObjectRef, @Nullable ServiceDeclaration> services,
            Certificates certificates) {
        this.origin = origin;
        this.age = age;
        this.own = origin.object().equals(binding.gateway());
        this.binding = binding;
        this.services = services;
        this.certificates = certificates;
        this.problems = new Problems(origin.object());
    }

    @Nullable
    ServiceDeclaration service(ObjectRef ref) {
        dependencies.add(ref);
        return services.apply(ref);
    }

    Certificates.State certificate(ObjectRef ref) {
        dependencies.add(ref);
        return certificates.get(ref);
    }

    void use(UpstreamUse use) {
        upstreams.merge(new UpstreamKey(binding.dataPlane(), use.upstream()), use, UpstreamUse::plus);
    }

    /** Makes a pattern known to a listener, so that no wider pattern answers for it. */
    void host(HostPattern pattern, BoundListener listener) {
        hosting(pattern).listeners.add(listener);
    }

    private Hosting hosting(HostPattern pattern) {
        return hosts.computeIfAbsent(pattern, _ -> new Hosting());
    }

    /** Plain requests for these hosts belong on TLS, because a field says so. */
    void tls(HostPattern pattern, String field) {
        hosts.forEach((known, hosting) -> {
            if (hosting.tls == null && Hostnames.covers(pattern, known)) {
                hosting.tls = field;
            }
        });
    }

    /** Puts a route on the listeners; whether there was one whose hostname allows it. */
    boolean route(
            RouteDeclaration route,
            Action action,
            List<dev.portico.routetable.Filter> filters,
            List<BoundListener> listeners,
            List<Applied> policies) {
        var places = places(route.hosts(), listeners);
        places.forEach((pattern, sharers) -> {
            sharers.forEach(listener -> host(pattern, listener));
            var candidates = hosting(pattern).candidates;
            route.matches()
                    .forEach(match -> candidates.add(new Candidate(
                            route.id(),
                            route.section(),
                            route.field(),
                            route.fallback(),
                            sharers,
                            match,
                            filters,
                            action,
                            route.timeouts(),
                            policies)));
        });
        var names = new HashSet<String>();
        places.values().forEach(sharers -> sharers.forEach(listener -> names.add(listener.name())));
        names.forEach(name -> rules.merge(name, 1, Integer::sum));
        allRules += places.isEmpty() ? 0 : 1;
        return !places.isEmpty();
    }

    /** The patterns that are left of the hosts on each listener, once narrower listeners of its port took theirs. */
    private static Map<HostPattern, List<BoundListener>> places(
            List<HostPattern> wanted, List<BoundListener> listeners) {
        var places = new LinkedHashMap<HostPattern, List<BoundListener>>();
        for (BoundListener listener : listeners) {
            var patterns = new LinkedHashSet<HostPattern>();
            for (HostPattern host : wanted) {
                var pattern = Hostnames.intersection(host, listener.hostname());
                if (pattern != null
                        && listener.narrower().stream().noneMatch(taken -> Hostnames.covers(taken, pattern))) {
                    patterns.add(pattern);
                }
            }
            patterns.forEach(pattern ->
                    places.computeIfAbsent(pattern, _ -> new ArrayList<>()).add(listener));
        }
        return places;
    }

    /** Asks for a name on a listener, as far as its hostname and its siblings' allow. */
    void claim(HostPattern name, BoundListener listener, ObjectRef secret, String field) {
        var pattern = Hostnames.intersection(name, listener.hostname());
        if (pattern != null && listener.narrower().stream().noneMatch(taken -> Hostnames.covers(taken, pattern))) {
            claims.putIfAbsent(
                    new CertificateKey(binding.dataPlane(), binding.gateway(), listener.id(), pattern),
                    new Claim(origin, age, own, secret, field));
        }
    }

    void conditions(String route, List<Condition> ofRoute) {
        conditions.put(route, ofRoute);
    }

    Unit build() {
        var byKey = new HashMap<HostKey, Contribution>();
        hosts.forEach((pattern, hosting) -> byKey.put(
                new HostKey(binding.gateway(), pattern),
                new Contribution(
                        origin,
                        age,
                        own,
                        binding.dataPlane(),
                        List.copyOf(hosting.listeners),
                        List.copyOf(hosting.candidates),
                        hosting.tls)));
        var attached = new HashMap<ListenerKey, Integer>();
        rules.forEach((listener, count) -> attached.put(new ListenerKey(binding.gateway(), listener), count));
        attached.put(new ListenerKey(binding.gateway(), ""), allRules);
        return new Unit(
                byKey,
                upstreams,
                claims,
                dependencies,
                attached,
                problems.found(),
                conditions,
                own || allRules == 0 ? null : new IngressReport(origin, binding.gateway(), binding.dataPlane()));
    }

    private static final class Hosting {
        private final Set<BoundListener> listeners = new LinkedHashSet<>();
        private final List<Candidate> candidates = new ArrayList<>();
        private @Nullable String tls;
    }
}
