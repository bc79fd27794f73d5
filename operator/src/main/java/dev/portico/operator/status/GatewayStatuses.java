package dev.portico.operator.status;

import dev.portico.crds.gateway.GatewayStatus;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.GatewayReport;
import dev.portico.operator.model.GatewayReport.ListenerReport;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The status of a Gateway: what compile says, and what its data plane made of it. */
final class GatewayStatuses {
    private static final GatewayStatus NONE = new GatewayStatus(List.of(), List.of(), List.of(), List.of(), 0);

    private GatewayStatuses() {}

    static GatewayStatus orNone(@org.jspecify.annotations.Nullable GatewayStatus status) {
        return status == null ? NONE : status;
    }

    static GatewayStatus of(
            GatewayReport report,
            Condition programmed,
            Outcomes outcomes,
            Addresses addresses,
            GatewayStatus before,
            Instant now) {
        var conditions = new ArrayList<Condition>();
        for (Condition condition : report.conditions()) {
            conditions.add(
                    switch (condition.type()) {
                        case Condition.ACCEPTED -> accepted(condition, report, outcomes);
                        case Condition.RESOLVED_REFS -> resolved(condition, report, outcomes);
                        default -> condition;
                    });
        }
        conditions.add(Verdicts.programmed(conditions, programmed));
        return new GatewayStatus(
                Conditions.merge(before.conditions(), conditions, now),
                addresses.ofGateway(report.origin().object()),
                report.listeners().stream()
                        .map(listener -> listener(report, listener, programmed, outcomes, before, now))
                        .toList(),
                report.routes().stream().map(route -> route(route, before, now)).toList(),
                report.listeners().stream()
                        .mapToInt(ListenerReport::attachedRoutes)
                        .max()
                        .orElse(0));
    }

    /** Of one that cannot be decoded: that it is not accepted. The rest tells of what it was, which is served further. */
    static GatewayStatus undecodable(Unreadable gateway, GatewayStatus before, Instant now) {
        var generation = Origin.of(gateway.raw()).generation();
        var why = gateway.problems().stream().map(Problem::text).collect(Collectors.joining("; "));
        var conditions = new ArrayList<Condition>();
        conditions.add(Condition.no(Condition.ACCEPTED, "Invalid", why, generation));
        // One that an earlier version could read may have been.
        if (!Conditions.programmed(before.conditions(), generation)) {
            conditions.add(Verdicts.invalid(generation));
        }
        return new GatewayStatus(
                Conditions.replace(before.conditions(), conditions, now),
                before.addresses(),
                before.listeners(),
                before.routes(),
                before.routeCount());
    }

    static List<Problem> refusals(GatewayReport report, Outcomes outcomes) {
        return report.listeners().stream()
                .flatMap(listener -> problem(report, listener, outcomes).stream()
                        .map(why -> new Problem(
                                report.origin().object(),
                                "spec.listeners[" + report.listeners().indexOf(listener) + "].port",
                                "PortUnavailable",
                                why)))
                .toList();
    }

    /** As compile says it, where data planes refused listeners too. */
    private static Condition accepted(Condition accepted, GatewayReport report, Outcomes outcomes) {
        var refused = report.listeners().stream()
                .filter(listener -> listener.listener() == null
                        || problem(report, listener, outcomes).isPresent())
                .map(ListenerReport::name)
                .toList();
        return refused.isEmpty()
                ? accepted
                : GatewayReport.accepted(refused, report.listeners().size(), accepted.observedGeneration());
    }

    private static Condition resolved(Condition resolved, GatewayReport report, Outcomes outcomes) {
        return resolved.status() == Condition.Status.FALSE
                ? resolved
                : report.listeners().stream()
                        .flatMap(listener -> certificate(report, listener, outcomes).stream())
                        .findFirst()
                        .map(why -> uncertified(why, resolved))
                        .orElse(resolved);
    }

    private static Condition uncertified(String why, Condition resolved) {
        return Condition.no(Condition.RESOLVED_REFS, "InvalidCertificateRef", why, resolved.observedGeneration());
    }

    private static Optional<String> certificate(GatewayReport report, ListenerReport listener, Outcomes outcomes) {
        return listener.listener() == null
                ? Optional.empty()
                : outcomes.certificate(report.origin().object(), report.dataPlane(), listener.listener());
    }

    private static Optional<String> problem(GatewayReport report, ListenerReport listener, Outcomes outcomes) {
        return listener.listener() == null
                ? Optional.empty()
                : outcomes.listener(report.dataPlane(), listener.listener());
    }

    private static GatewayStatus.ListenerStatus listener(
            GatewayReport report,
            ListenerReport listener,
            Condition programmed,
            Outcomes outcomes,
            GatewayStatus before,
            Instant now) {
        var conditions = new ArrayList<Condition>();
        var problem = problem(report, listener, outcomes);
        var uncertified = certificate(report, listener, outcomes);
        for (Condition condition : listener.conditions()) {
            if (problem.isPresent() && condition.type().equals(Condition.ACCEPTED)) {
                conditions.add(Condition.no(
                        Condition.ACCEPTED, "PortUnavailable", problem.get(), condition.observedGeneration()));
            } else if (uncertified.isPresent()
                    && condition.type().equals(Condition.RESOLVED_REFS)
                    && condition.status() == Condition.Status.TRUE) {
                conditions.add(uncertified(uncertified.get(), condition));
            } else {
                conditions.add(condition);
            }
        }
        conditions.add(Verdicts.programmed(conditions, programmed));
        var old = before.listeners().stream()
                .filter(one -> one.name().equals(listener.name()))
                .map(GatewayStatus.ListenerStatus::conditions)
                .findFirst()
                .orElse(List.of());
        return new GatewayStatus.ListenerStatus(
                listener.name(), listener.attachedRoutes(), Conditions.merge(old, conditions, now));
    }

    private static GatewayStatus.RouteStatus route(GatewayReport.RouteReport route, GatewayStatus before, Instant now) {
        var old = before.routes().stream()
                .filter(one -> one.name().equals(route.name()))
                .map(GatewayStatus.RouteStatus::conditions)
                .findFirst()
                .orElse(List.of());
        var policies = route.policies().stream()
                .map(policy -> new GatewayStatus.EffectivePolicy(policy.kind(), policy.name(), policy.blocks()))
                .toList();
        return new GatewayStatus.RouteStatus(route.name(), Conditions.merge(old, route.conditions(), now), policies);
    }
}
