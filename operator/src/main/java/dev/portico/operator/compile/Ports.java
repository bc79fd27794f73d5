package dev.portico.operator.compile;

import dev.portico.operator.compile.Topology.Refusal;
import dev.portico.operator.model.CompileOptions;
import dev.portico.operator.model.GatewayDeclaration;
import dev.portico.operator.model.GatewayDeclaration.Listener;
import dev.portico.operator.model.Hostnames;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.VirtualHost.HttpsRedirect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pass: gives every listener its port, the oldest Gateway's first. */
final class Ports {
    private static final String PORT_UNAVAILABLE = "PortUnavailable";
    private static final String PROTOCOL_CONFLICT = "ProtocolConflict";

    private final CompileOptions options;
    private final Policies policies;
    private final Map<ObjectRef, GatewayBinding> bindings = new HashMap<>();
    private final Map<ObjectRef, Map<String, Refusal>> refusals = new HashMap<>();
    private final Map<Place, List<Holder>> holders = new LinkedHashMap<>();
    private final Set<String> dataPlanes = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    private Ports(CompileOptions options, Policies policies) {
        this.options = options;
        this.policies = policies;
    }

    static Topology of(Collection<GatewayDeclaration> gateways, CompileOptions options, Policies policies) {
        var ports = new Ports(options, policies);
        var byAge = gateways.stream()
                .sorted(Comparator.comparing(GatewayDeclaration::age))
                .toList();
        byAge.forEach(ports::place);
        byAge.forEach(ports::bind);
        return new Topology(
                ports.bindings, ports.refusals, ports.sections(), Set.copyOf(ports.dataPlanes), ports.problems);
    }

    private void place(GatewayDeclaration gateway) {
        dataPlanes.add(gateway.dataPlane());
        for (Listener listener : gateway.listeners()) {
            var place = new Place(gateway.dataPlane(), shifted(listener.port()));
            var holder = new Holder(gateway, listener);
            var refusal = refusal(place, holder);
            if (refusal == null) {
                holders.computeIfAbsent(place, _ -> new ArrayList<>()).add(holder);
            } else {
                refusals.computeIfAbsent(gateway.origin().object(), _ -> new HashMap<>())
                        .put(listener.name(), refusal);
                problems.add(new Problem(
                        gateway.origin().object(), listener.field() + ".port", refusal.reason(), refusal.message()));
            }
        }
    }

    private @Nullable Refusal refusal(Place place, Holder holder) {
        if (options.reservedPorts().contains(place.port())) {
            return new Refusal(
                    PORT_UNAVAILABLE, "port " + place.port() + " is the data plane's own, expected another one");
        }
        var others = holders.getOrDefault(place, List.of());
        if (others.isEmpty()) {
            return null;
        }
        var first = others.getFirst();
        if (first.listener().port() != holder.listener().port()) {
            return new Refusal(
                    PORT_UNAVAILABLE,
                    holder + " on port " + holder.listener().port() + " and " + first + " on port "
                            + first.listener().port() + " would both be bound on " + place.port()
                            + ", expected ports of their own or another --port-offset");
        }
        if (!first.gateway().origin().object().equals(holder.gateway().origin().object())) {
            return new Refusal(
                    PORT_UNAVAILABLE,
                    holder + " and " + first + " want port " + holder.listener().port()
                            + ", which the older one has, expected another port");
        }
        return clash(first, others, holder);
    }

    private static @Nullable Refusal clash(Holder first, List<Holder> others, Holder holder) {
        var one = first.listener();
        var listener = holder.listener();
        if ((one.tls() == null) != (listener.tls() == null)) {
            return new Refusal(
                    PROTOCOL_CONFLICT,
                    "port " + listener.port() + " speaks " + protocol(one) + " because of listener " + one.name()
                            + ", expected the same protocol or another port");
        }
        if (!one.versions().equals(listener.versions()) || !java.util.Objects.equals(one.tls(), listener.tls())) {
            return new Refusal(
                    PROTOCOL_CONFLICT,
                    "httpVersions or tls.minVersion differ from those of listener " + one.name() + " on port "
                            + listener.port() + ", expected the same on one port");
        }
        for (Holder other : others) {
            if (other.listener().hostname().equals(listener.hostname())) {
                return new Refusal(
                        "HostnameConflict",
                        "listener " + other.listener().name() + " has port " + listener.port() + " and hostname "
                                + listener.hostname() + " too, expected another hostname or port");
            }
        }
        return null;
    }

    private void bind(GatewayDeclaration gateway) {
        var ref = gateway.origin().object();
        var whole = policies.at(ref, null);
        var ports = new HashMap<Integer, Integer>();
        for (Listener listener : gateway.listeners()) {
            if (!isRefused(ref, listener)) {
                ports.put(listener.port(), shifted(listener.port()));
            }
        }
        var bound = new ArrayList<BoundListener>();
        for (Listener listener : gateway.listeners()) {
            if (!isRefused(ref, listener)) {
                bound.add(bound(gateway, listener, whole, ports));
            }
        }
        bindings.put(ref, new GatewayBinding(ref, gateway.dataPlane(), bound, ports));
    }

    private BoundListener bound(
            GatewayDeclaration gateway, Listener listener, List<Applied> whole, Map<Integer, Integer> ports) {
        var ref = gateway.origin().object();
        var port = shifted(listener.port());
        var applied = new ArrayList<>(whole);
        applied.addAll(policies.at(ref, listener.name()));
        var redirect = listener.redirect();
        return new BoundListener(
                ref,
                listener.name(),
                id(listener),
                port,
                listener.tls() != null,
                listener.hostname(),
                narrower(listener, holders.getOrDefault(new Place(gateway.dataPlane(), port), List.of())),
                redirect == null
                        ? null
                        : new HttpsRedirect(
                                redirect.statusCode(), ports.getOrDefault(redirect.port(), redirect.port())),
                listener.namespaces(),
                applied);
    }

    private static List<HostPattern> narrower(Listener listener, List<Holder> siblings) {
        return siblings.stream()
                .map(sibling -> sibling.listener().hostname())
                .filter(hostname ->
                        !hostname.equals(listener.hostname()) && Hostnames.covers(listener.hostname(), hostname))
                .toList();
    }

    private List<Placed> sections() {
        var sections = new ArrayList<Placed>();
        holders.forEach((place, sharers) -> {
            var first = sharers.getFirst();
            var section = new HttpListener(
                    id(first.listener()),
                    place.port(),
                    first.listener().versions(),
                    first.listener().tls(),
                    first.gateway().clientTraffic(),
                    first.gateway().accessLog());
            sections.add(new Placed(
                    place.dataPlane(),
                    Table.Entry.of(section, List.of(first.gateway().origin()))));
        });
        return sections;
    }

    private boolean isRefused(ObjectRef gateway, Listener listener) {
        return refusals.getOrDefault(gateway, Map.of()).containsKey(listener.name());
    }

    private int shifted(int port) {
        return port < 1024 ? port + options.portOffset() : port;
    }

    private static String id(Listener listener) {
        return (listener.tls() == null ? "http-" : "https-") + listener.port();
    }

    private static String protocol(Listener listener) {
        return listener.tls() == null ? "HTTP" : "HTTPS";
    }

    private record Place(String dataPlane, int port) {}

    private record Holder(GatewayDeclaration gateway, Listener listener) {
        @Override
        public String toString() {
            return "listener " + listener.name() + " of " + gateway.origin().object();
        }
    }
}
