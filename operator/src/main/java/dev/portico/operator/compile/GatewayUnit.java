package dev.portico.operator.compile;

import dev.portico.operator.model.Condition;
import dev.portico.operator.model.GatewayDeclaration;
import dev.portico.operator.model.GatewayDeclaration.CertificateUse;
import dev.portico.operator.model.GatewayDeclaration.Listener;
import dev.portico.operator.model.RouteDeclaration;
import dev.portico.routetable.Action;
import dev.portico.routetable.Forward;
import dev.portico.routetable.Redirect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pass: attaches the routes and certificates of a Gateway to its own listeners. */
final class GatewayUnit {
    private final GatewayDeclaration gateway;
    private final GatewayBinding binding;
    private final Policies policies;
    private final UnitBuilder unit;
    private final long generation;

    private GatewayUnit(GatewayDeclaration gateway, GatewayBinding binding, Policies policies, UnitBuilder unit) {
        this.gateway = gateway;
        this.binding = binding;
        this.policies = policies;
        this.unit = unit;
        this.generation = gateway.origin().generation();
    }

    static Unit of(GatewayDeclaration gateway, GatewayBinding binding, Policies policies, UnitBuilder unit) {
        return new GatewayUnit(gateway, binding, policies, unit).attach();
    }

    private Unit attach() {
        gateway.problems().forEach(problem -> unit.problems.add(problem.field(), problem.reason(), problem.message()));
        gateway.routes().forEach(this::attach);
        gateway.refused()
                .forEach(refused -> unit.conditions(
                        refused.name(),
                        List.of(Condition.no(Condition.ACCEPTED, refused.reason(), refused.message(), generation))));
        for (Listener listener : gateway.listeners()) {
            var bound = binding.listeners().stream()
                    .filter(each -> each.name().equals(listener.name()))
                    .findFirst();
            bound.ifPresent(each -> attach(listener, each));
        }
        return unit.build();
    }

    private void attach(RouteDeclaration route) {
        var named = route.listeners();
        var listeners = binding.listeners().stream()
                .filter(listener -> named == null || named.contains(listener.name()))
                .toList();
        var resolving = new Backends(unit);
        var action = action(route.target(), resolving);
        var own = policies.at(gateway.origin().object(), route.section());
        var accepted = unit.route(route, action, route.filters(), listeners, own)
                ? Condition.yes(Condition.ACCEPTED, generation)
                : refused(route, listeners.isEmpty());
        var resolved = resolving.troubles().isEmpty()
                ? Condition.yes(Condition.RESOLVED_REFS, generation)
                : Condition.no(
                        Condition.RESOLVED_REFS,
                        resolving.troubles().getFirst().reason(),
                        resolving.troubles().getFirst().message(),
                        generation);
        unit.conditions(route.section(), List.of(accepted, resolved));
    }

    private Condition refused(RouteDeclaration route, boolean noListener) {
        var reason = noListener ? "NotAllowedByListeners" : "NoMatchingListenerHostname";
        var message = noListener
                ? "none of its listeners is accepted, expected at least one"
                : "hostnames " + route.hosts()
                        + " are on none of its listeners, expected one that their hostname admits";
        unit.problems.add(route.field() + (noListener ? ".listeners" : ".hostnames"), reason, message);
        return Condition.no(Condition.ACCEPTED, reason, message, generation);
    }

    private Action action(RouteDeclaration.Target target, Backends resolving) {
        return switch (target) {
            case RouteDeclaration.Backends backends -> new Forward(resolving.resolve(backends.backends()));
            case RouteDeclaration.Answer answer ->
                answer.action() instanceof Redirect redirect ? shifted(redirect) : answer.action();
        };
    }

    /** Where ports are shifted, a redirect to one of them must say so. */
    private Redirect shifted(Redirect redirect) {
        return new Redirect(
                redirect.scheme(), redirect.hostname(), redirect.path(), port(redirect), redirect.statusCode());
    }

    private @Nullable Integer port(Redirect redirect) {
        if (redirect.port() != null) {
            return binding.publicPort(redirect.port());
        }
        if (redirect.scheme() == null) {
            return null;
        }
        var usual = redirect.scheme().equals("https") ? 443 : 80;
        return binding.publicPort(usual) == usual ? null : (Integer) binding.publicPort(usual);
    }

    private void attach(Listener listener, BoundListener bound) {
        if (isNarrower(bound)) {
            unit.host(bound.hostname(), bound);
        }
        var first = true;
        for (CertificateUse use : listener.certificates()) {
            var state = unit.certificate(use.secret());
            if (state.missing() != null) {
                unit.problems.add(use.field(), "InvalidCertificateRef", state.missing());
            }
            if (state.served() != null) {
                state.served().names().forEach(name -> unit.claim(name, bound, use.secret(), use.field()));
                if (first) {
                    // The first answers for what no other is made for: users expect an own certificate to be enough.
                    unit.claim(bound.hostname(), bound, use.secret(), use.field());
                    first = false;
                }
            }
        }
    }

    private boolean isNarrower(BoundListener bound) {
        return binding.listeners().stream()
                .anyMatch(other ->
                        other.id().equals(bound.id()) && other.narrower().contains(bound.hostname()));
    }
}
