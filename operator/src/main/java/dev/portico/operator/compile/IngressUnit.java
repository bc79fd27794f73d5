package dev.portico.operator.compile;

import dev.portico.operator.model.Hostnames;
import dev.portico.operator.model.IngressDeclaration;
import dev.portico.operator.model.IngressDeclaration.TlsUse;
import dev.portico.operator.model.RouteDeclaration;
import dev.portico.routetable.Action;
import dev.portico.routetable.Forward;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.Respond;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pass: attaches an Ingress to the listeners of its Gateway. */
final class IngressUnit {
    private final IngressDeclaration ingress;
    private final GatewayBinding binding;
    private final Policies policies;
    private final UnitBuilder unit;

    private IngressUnit(IngressDeclaration ingress, GatewayBinding binding, Policies policies, UnitBuilder unit) {
        this.ingress = ingress;
        this.binding = binding;
        this.policies = policies;
        this.unit = unit;
    }

    static Unit of(
            IngressDeclaration ingress,
            GatewayBinding binding,
            Map<String, String> labels,
            Policies policies,
            UnitBuilder unit) {
        return new IngressUnit(ingress, binding, policies, unit).attach(labels);
    }

    private Unit attach(Map<String, String> labels) {
        ingress.problems().forEach(problem -> unit.problems.add(problem.field(), problem.reason(), problem.message()));
        var namespace = ingress.origin().object().namespace();
        var listeners = binding.listeners().stream()
                .filter(listener ->
                        listener.namespaces().allow(binding.gateway().namespace(), namespace, labels))
                .toList();
        if (listeners.isEmpty()) {
            unit.problems.add(
                    "metadata.namespace",
                    "NotAllowedByListeners",
                    "no listener of " + binding.gateway() + " admits Ingresses of namespace " + namespace
                            + ", expected allowedRoutes.namespaces that do");
        }
        var refused = new HashSet<HostPattern>();
        ingress.routes().forEach(route -> attach(route, listeners, refused));
        ingress.tls().forEach(use -> attach(use, listeners));
        return unit.build();
    }

    private void attach(RouteDeclaration route, List<BoundListener> listeners, Set<HostPattern> refused) {
        var object = ingress.origin().object();
        var whole = policies.at(object, null);
        var own = policies.at(object, route.section());
        var applied = own.isEmpty()
                ? whole
                : java.util.stream.Stream.concat(whole.stream(), own.stream()).toList();
        var attached = unit.route(route, action(route.target()), route.filters(), listeners, applied);
        if (!attached
                && !listeners.isEmpty()
                && !route.fallback()
                && refused.add(route.hosts().getFirst())) {
            unit.problems.add(
                    route.field(),
                    "NoMatchingListenerHostname",
                    "host " + route.hosts().getFirst() + " is on no listener of " + binding.gateway()
                            + ", expected one that a listener's hostname admits");
        }
    }

    private Action action(RouteDeclaration.Target target) {
        return switch (target) {
            case RouteDeclaration.Answer answer -> answer.action();
            case RouteDeclaration.Backends backends -> {
                var resolving = new Backends(unit);
                var targets = resolving.resolve(backends.backends());
                yield resolving.troubles().isEmpty()
                        ? new Forward(targets)
                        : new Respond(503, resolving.troubles().getFirst().message());
            }
        };
    }

    /** TLS of hosts: their certificate, and that plain requests go there, whether the certificate can be used or not. */
    private void attach(TlsUse use, List<BoundListener> listeners) {
        var names = use.hosts();
        if (use.secret() != null) {
            var state = unit.certificate(use.secret());
            if (state.missing() != null) {
                unit.problems.add(use.field(), "InvalidCertificateRef", state.missing());
            }
            var served = state.served();
            if (served != null) {
                names = names.isEmpty() ? served.names() : names;
                claim(use, names, listeners);
            }
        }
        names.forEach(name -> unit.tls(name, use.field()));
    }

    private void claim(TlsUse use, List<HostPattern> names, List<BoundListener> listeners) {
        for (BoundListener listener : listeners) {
            if (listener.tls() && use.secret() != null) {
                names.forEach(name -> unit.claim(name, listener, use.secret(), use.field()));
            }
        }
        var possible = listeners.stream()
                .filter(BoundListener::tls)
                .anyMatch(listener ->
                        names.stream().anyMatch(name -> Hostnames.intersection(name, listener.hostname()) != null));
        if (!possible && !listeners.isEmpty()) {
            unit.problems.add(
                    use.field(),
                    "NoMatchingListenerHostname",
                    binding.gateway() + " has no HTTPS listener for these hosts, expected one");
        }
    }
}
