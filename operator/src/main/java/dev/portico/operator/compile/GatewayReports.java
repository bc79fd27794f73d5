package dev.portico.operator.compile;

import dev.portico.operator.compile.HostRoutes.Place;
import dev.portico.operator.compile.Unit.ListenerKey;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.GatewayDeclaration;
import dev.portico.operator.model.GatewayDeclaration.Listener;
import dev.portico.operator.model.GatewayReport;
import dev.portico.operator.model.GatewayReport.EffectivePolicy;
import dev.portico.operator.model.GatewayReport.ListenerReport;
import dev.portico.operator.model.GatewayReport.RouteReport;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.PolicyDeclaration.Limit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Pass: what is to be said of Gateways. */
final class GatewayReports {
    private final Topology topology;
    private final Policies policies;
    private final Certificates certificates;
    private final ToIntFunction<ListenerKey> rules;
    private final Function<HostKey, HostRoutes.Result> hosts;

    GatewayReports(
            Topology topology,
            Policies policies,
            Certificates certificates,
            ToIntFunction<ListenerKey> rules,
            Function<HostKey, HostRoutes.Result> hosts) {
        this.topology = topology;
        this.policies = policies;
        this.certificates = certificates;
        this.rules = rules;
        this.hosts = hosts;
    }

    GatewayReport report(GatewayDeclaration gateway, Unit unit) {
        var listeners = gateway.listeners().stream()
                .map(listener -> listener(gateway, listener))
                .toList();
        var routes = new ArrayList<RouteReport>();
        unit.conditions().forEach((name, conditions) -> routes.add(route(gateway, unit, name, conditions)));
        routes.sort(Comparator.comparingInt(route -> order(gateway, route.name())));
        var all = new ArrayList<Condition>();
        listeners.forEach(listener -> all.addAll(listener.conditions()));
        routes.forEach(route -> all.addAll(route.conditions()));
        return new GatewayReport(
                gateway.origin(),
                gateway.dataPlane(),
                List.of(accepted(gateway, listeners), resolved(gateway, all)),
                listeners,
                routes);
    }

    private static Condition accepted(GatewayDeclaration gateway, List<ListenerReport> listeners) {
        var generation = gateway.origin().generation();
        if (listeners.isEmpty()) {
            return Condition.yes(Condition.ACCEPTED, "Template", "it has no listeners", generation);
        }
        var refused = listeners.stream()
                .filter(listener -> listener.listener() == null)
                .map(ListenerReport::name)
                .toList();
        return GatewayReport.accepted(refused, listeners.size(), generation);
    }

    private static Condition resolved(GatewayDeclaration gateway, List<Condition> all) {
        return all.stream()
                .filter(condition -> condition.type().equals(Condition.RESOLVED_REFS)
                        && condition.status() == Condition.Status.FALSE)
                .findFirst()
                .orElseGet(() ->
                        Condition.yes(Condition.RESOLVED_REFS, gateway.origin().generation()));
    }

    private ListenerReport listener(GatewayDeclaration gateway, Listener listener) {
        var ref = gateway.origin().object();
        var generation = gateway.origin().generation();
        var refusal = topology.refusals().getOrDefault(ref, Map.of()).get(listener.name());
        var bound = bound(ref, listener.name());
        return new ListenerReport(
                listener.name(),
                bound == null ? null : bound.id(),
                rules.applyAsInt(new ListenerKey(ref, listener.name())),
                List.of(
                        refusal == null
                                ? Condition.yes(Condition.ACCEPTED, generation)
                                : Condition.no(Condition.ACCEPTED, refusal.reason(), refusal.message(), generation),
                        resolved(listener, generation)));
    }

    private Condition resolved(Listener listener, long generation) {
        var troubles = new LinkedHashSet<String>();
        for (var use : listener.certificates()) {
            var trouble = certificates.get(use.secret()).trouble();
            if (trouble != null) {
                troubles.add(trouble);
            }
        }
        return troubles.isEmpty()
                ? Condition.yes(Condition.RESOLVED_REFS, generation)
                : Condition.no(
                        Condition.RESOLVED_REFS, "InvalidCertificateRef", String.join("; ", troubles), generation);
    }

    private @Nullable BoundListener bound(ObjectRef gateway, String listener) {
        var binding = topology.bindings().get(gateway);
        return binding == null
                ? null
                : binding.listeners().stream()
                        .filter(each -> each.name().equals(listener))
                        .findFirst()
                        .orElse(null);
    }

    private RouteReport route(GatewayDeclaration gateway, Unit unit, String name, List<Condition> conditions) {
        var all = new ArrayList<>(conditions);
        var shadow = shadow(new Place(gateway.origin().object(), name), unit);
        if (shadow != null) {
            all.add(Condition.yes(
                    "Shadowed", "Shadowed", shadow, gateway.origin().generation()));
        }
        return new RouteReport(name, all, effective(gateway, name));
    }

    /** Why a route is never reached; null where it is, be it for one of its matches. */
    private @Nullable String shadow(Place place, Unit unit) {
        String shadow = null;
        for (HostKey key : unit.hosts().keySet()) {
            var result = hosts.apply(key);
            if (result.reached().contains(place)) {
                return null;
            }
            shadow = shadow == null ? result.shadowed().get(place) : shadow;
        }
        return shadow;
    }

    private List<EffectivePolicy> effective(GatewayDeclaration gateway, String route) {
        var ref = gateway.origin().object();
        var applied = new ArrayList<>(policies.at(ref, null));
        gateway.routes().stream()
                .filter(each -> each.section().equals(route))
                .findFirst()
                .ifPresent(declared -> gateway.listeners().stream()
                        .filter(listener -> declared.listeners() == null
                                || declared.listeners().contains(listener.name()))
                        .forEach(listener -> applied.addAll(policies.at(ref, listener.name()))));
        applied.addAll(policies.at(ref, route));
        var effective = new ArrayList<EffectivePolicy>();
        for (int i = 0; i < applied.size(); i++) {
            var index = i;
            var object = applied.get(i).policy().origin().object();
            var blocks = applied.get(i).policy().limits().stream()
                    .filter(limit -> !Applied.isReplaced(limit, applied, index))
                    .map(Limit::name)
                    .toList();
            if (!blocks.isEmpty()) {
                effective.add(new EffectivePolicy(object.kind(), object.name(), blocks));
            }
        }
        return effective;
    }

    private static int order(GatewayDeclaration gateway, String route) {
        for (int i = 0; i < gateway.routes().size(); i++) {
            if (gateway.routes().get(i).section().equals(route)) {
                return i;
            }
        }
        return gateway.routes().size();
    }
}
