package dev.portico.operator.compile;

import dev.portico.operator.compile.BackendPolicies.Block;
import dev.portico.operator.model.BackendPolicyDeclaration;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.PolicyDeclaration.Target;
import dev.portico.operator.model.PolicyReport;
import dev.portico.operator.model.PolicyReport.Ancestor;
import dev.portico.operator.model.PolicyReport.Lost;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.ServiceDeclaration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pass: what is to be said of BackendPolicies. */
final class BackendPolicyReports {
    private final BackendPolicies policies;
    private final Function<ObjectRef, @Nullable ServiceDeclaration> services;
    private final Function<ObjectRef, Map<UpstreamKey, UpstreamUse>> uses;
    private final Function<String, List<ObjectRef>> gateways;

    /**
     * @param uses the upstreams of a Service
     * @param gateways those of a data plane
     */
    BackendPolicyReports(
            BackendPolicies policies,
            Function<ObjectRef, @Nullable ServiceDeclaration> services,
            Function<ObjectRef, Map<UpstreamKey, UpstreamUse>> uses,
            Function<String, List<ObjectRef>> gateways) {
        this.policies = policies;
        this.services = services;
        this.uses = uses;
        this.gateways = gateways;
    }

    PolicyReports.Reading report(BackendPolicyDeclaration policy) {
        var problems = new ArrayList<Problem>(policy.problems());
        var targets = new ArrayList<PolicyReport.Target>();
        var dataPlanes = new TreeSet<String>();
        var missing = new ArrayList<String>();
        var conflicted = true;
        for (Target target : policy.targets()) {
            var refusal = refusal(target);
            if (refusal != null) {
                missing.add(refusal);
                problems.add(problem(policy, target.field(), "TargetNotFound", refusal));
                continue;
            }
            var ports = ports(target);
            targets.add(target(policy, target, ports));
            conflicted &= ports.stream().allMatch(port -> isConflicted(policy, target, port));
            uses(target).keySet().forEach(key -> dataPlanes.add(key.dataPlane()));
        }
        var trouble = policies.resolve(policy).trouble();
        if (trouble != null && policy.problems().isEmpty()) {
            problems.add(problem(policy, trouble.field(), trouble.reason(), trouble.message()));
        }
        var certificate = policies.problemOfCertificate(policy);
        if (certificate != null) {
            problems.add(certificate);
        }
        var isConflicted = conflicted && !targets.isEmpty();
        var common = new ArrayList<>(List.of(resolved(policy, trouble)));
        common.addAll(others(policy, targets));
        // What is missing is missed by no Gateway.
        var there = with(accepted(policy, List.of(), isConflicted), common);
        var ancestors = new LinkedHashSet<Ancestor>();
        for (String dataPlane : dataPlanes) {
            gateways.apply(dataPlane).forEach(gateway -> ancestors.add(new Ancestor(gateway, dataPlane, there)));
        }
        return new PolicyReports.Reading(
                new PolicyReport(
                        policy.origin(),
                        dataPlanes,
                        with(accepted(policy, missing, isConflicted), common),
                        List.copyOf(ancestors),
                        targets,
                        PolicyReports.summary(policy.targets())),
                problems);
    }

    private static List<Condition> with(Condition first, List<Condition> others) {
        var all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return all;
    }

    private static Problem problem(BackendPolicyDeclaration policy, String field, String reason, String message) {
        return new Problem(policy.origin().object(), field, reason, message);
    }

    private static Condition accepted(BackendPolicyDeclaration policy, List<String> missing, boolean conflicted) {
        var generation = policy.origin().generation();
        if (!policy.problems().isEmpty()) {
            var first = policy.problems().getFirst();
            var message = first.field() + ": " + first.message();
            return Condition.no(
                    Condition.ACCEPTED,
                    "Invalid",
                    policy.tls() == null ? message : message + PolicyReports.CLOSED,
                    generation);
        }
        if (!missing.isEmpty()) {
            return Condition.no(Condition.ACCEPTED, "TargetNotFound", String.join("; ", missing), generation);
        }
        return conflicted
                ? Condition.no(
                        Condition.ACCEPTED,
                        "Conflicted",
                        "older policies with the same targets say all that it says",
                        generation)
                : Condition.yes(Condition.ACCEPTED, generation);
    }

    private static Condition resolved(BackendPolicyDeclaration policy, BackendPolicies.@Nullable Trouble trouble) {
        var generation = policy.origin().generation();
        return trouble == null
                ? Condition.yes(Condition.RESOLVED_REFS, generation)
                : Condition.no(
                        Condition.RESOLVED_REFS,
                        trouble.reason(),
                        trouble.field() + ": " + trouble.message() + PolicyReports.CLOSED,
                        generation);
    }

    private static List<Condition> others(BackendPolicyDeclaration policy, List<PolicyReport.Target> targets) {
        var generation = policy.origin().generation();
        var conditions = new ArrayList<Condition>();
        var tls = policy.tls();
        if (tls != null && tls.validation() == null && policy.problems().isEmpty()) {
            conditions.add(Condition.yes(
                    "InsecureBackend",
                    "InsecureBackend",
                    "endpoints are not verified: whoever answers at their addresses is believed",
                    generation));
        }
        PolicyReports.overridden(targets, generation).ifPresent(conditions::add);
        return conditions;
    }

    private @Nullable String refusal(Target target) {
        var service = services.apply(target.object());
        if (service == null) {
            return target.object() + " does not exist";
        }
        return ports(target).isEmpty()
                ? target.object() + " has no port " + target.section() + ", expected one of: " + service.portsText()
                : null;
    }

    private List<ServiceDeclaration.Port> ports(Target target) {
        var service = services.apply(target.object());
        return service == null
                ? List.of()
                : service.ports().stream()
                        .filter(port ->
                                target.section() == null || target.section().equals(port.name()))
                        .toList();
    }

    private Map<UpstreamKey, UpstreamUse> uses(Target target) {
        var ports = ports(target);
        return uses.apply(target.object()).entrySet().stream()
                .filter(use -> ports.contains(use.getValue().port()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private PolicyReport.Target target(
            BackendPolicyDeclaration policy, Target target, List<ServiceDeclaration.Port> ports) {
        var used = new ArrayList<String>();
        Set<Lost> lost = new LinkedHashSet<>();
        for (Block block : Block.values()) {
            if (!block.isIn(policy)) {
                continue;
            }
            var holds = false;
            for (ServiceDeclaration.Port port : ports) {
                var winner = policies.winner(block, target.object(), port);
                if (winner == null || winner.policy().equals(policy)) {
                    holds = true;
                } else {
                    lost.add(new Lost(
                            block.field(), winner.policy().origin().object().toString()));
                }
            }
            if (holds) {
                used.add(block.field());
            }
        }
        var rules = uses(target).values().stream().mapToInt(UpstreamUse::rules).sum();
        return new PolicyReport.Target(
                target.object(),
                target.section(),
                rules,
                used,
                lost.stream().limit(16).toList());
    }

    /** Whether older policies with the same target have taken all that this one says. */
    private boolean isConflicted(BackendPolicyDeclaration policy, Target target, ServiceDeclaration.Port port) {
        for (Block block : Block.values()) {
            if (block.isIn(policy)) {
                var winner = policies.winner(block, target.object(), port);
                if (winner == null
                        || winner.policy().equals(policy)
                        || !winner.target().equalsPlace(target)) {
                    return false;
                }
            }
        }
        return true;
    }
}
