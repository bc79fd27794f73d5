package dev.portico.operator.compile;

import dev.portico.operator.compile.Unit.ListenerKey;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.GatewayDeclaration;
import dev.portico.operator.model.IngressDeclaration;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.PolicyDeclaration;
import dev.portico.operator.model.PolicyDeclaration.Limit;
import dev.portico.operator.model.PolicyReport;
import dev.portico.operator.model.PolicyReport.Ancestor;
import dev.portico.operator.model.PolicyReport.Lost;
import dev.portico.operator.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pass: what is to be said of policies. */
final class PolicyReports {
    static final String CLOSED = "; what it covers answers 503";

    private final World world;
    private final Policies policies;
    private final Function<ObjectRef, Unit> units;
    private final ToIntFunction<ListenerKey> rules;
    private final Function<ObjectRef, Set<ObjectRef>> attached;
    private final Predicate<String> holds;

    /**
     * @param attached the Ingresses at which policies are aimed, by the Gateway to which they are attached
     * @param holds whether a limit, by the id that it has in tables, holds for some route
     */
    PolicyReports(
            World world,
            Policies policies,
            Function<ObjectRef, Unit> units,
            ToIntFunction<ListenerKey> rules,
            Function<ObjectRef, Set<ObjectRef>> attached,
            Predicate<String> holds) {
        this.world = world;
        this.policies = policies;
        this.units = units;
        this.rules = rules;
        this.attached = attached;
        this.holds = holds;
    }

    /** The report, and problems that it takes targets to see. */
    Reading report(PolicyDeclaration policy) {
        var problems = new ArrayList<Problem>(policy.problems());
        var targets = new ArrayList<PolicyReport.Target>();
        var gateways = new LinkedHashSet<ObjectRef>();
        var missing = new ArrayList<String>();
        for (PolicyDeclaration.Target target : policy.targets()) {
            var refusal = refusal(target);
            if (refusal == null) {
                targets.add(target(policy, target));
                gateways.add(gateway(target));
            } else {
                missing.add(refusal);
                problems.add(new Problem(policy.origin().object(), target.field(), "TargetNotFound", refusal));
            }
        }
        var conditions = conditions(policy, targets, missing);
        var report = new PolicyReport(
                policy.origin(),
                dataPlanes(gateways),
                conditions,
                gateways.stream().map(gateway -> ancestor(gateway, policy)).toList(),
                targets,
                summary(policy.targets()));
        return new Reading(report, problems);
    }

    private Ancestor ancestor(ObjectRef gateway, PolicyDeclaration policy) {
        var declared = world.gateways.get(gateway);
        return new Ancestor(
                gateway, declared == null ? "" : declared.dataPlane(), conditions(policy, List.of(), List.of()));
    }

    private static List<Condition> conditions(
            PolicyDeclaration policy, List<PolicyReport.Target> targets, List<String> missing) {
        var generation = policy.origin().generation();
        var conditions = new ArrayList<Condition>();
        conditions.add(accepted(policy, missing));
        conditions.add(Condition.yes(Condition.RESOLVED_REFS, generation));
        overridden(targets, generation).ifPresent(conditions::add);
        return conditions;
    }

    /** What other policies take away from one, of whatever kind. */
    static Optional<Condition> overridden(List<PolicyReport.Target> targets, long generation) {
        var lost = targets.stream()
                .flatMap(target -> target.blocksLost().stream())
                .map(block -> block.block() + " to " + block.to())
                .distinct()
                .toList();
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        var nothingLeft =
                targets.stream().allMatch(target -> target.blocksUsed().isEmpty());
        var type = nothingLeft ? "Overridden" : "PartiallyEnforced";
        return Optional.of(Condition.yes(type, type, String.join(", ", lost), generation));
    }

    private static Condition accepted(PolicyDeclaration policy, List<String> missing) {
        var generation = policy.origin().generation();
        if (!policy.problems().isEmpty()) {
            var first = policy.problems().getFirst();
            return Condition.no(
                    Condition.ACCEPTED, "Invalid", first.field() + ": " + first.message() + CLOSED, generation);
        }
        return missing.isEmpty()
                ? Condition.yes(Condition.ACCEPTED, generation)
                : Condition.no(Condition.ACCEPTED, "TargetNotFound", String.join("; ", missing), generation);
    }

    /** Why a target cannot be found; null where it can. */
    private @Nullable String refusal(PolicyDeclaration.Target target) {
        var object = target.object();
        if (object.kind().equals("Gateway") && object.group().equals(ObjectRef.PORTICO)) {
            var gateway = world.gateways.get(object);
            return gateway == null ? object + " does not exist" : section(gateway, target.section());
        }
        var ingress = world.ingresses.get(object);
        if (ingress == null) {
            return object + " does not exist";
        }
        if (units.apply(object).ingress() == null) {
            return object + " is attached to no Gateway of this controller";
        }
        return section(ingress, target.section());
    }

    private static @Nullable String section(GatewayDeclaration gateway, @Nullable String section) {
        var names = Stream.concat(
                        gateway.listeners().stream().map(GatewayDeclaration.Listener::name),
                        Stream.concat(
                                gateway.routes().stream().map(route -> route.section()),
                                gateway.refused().stream().map(GatewayDeclaration.RefusedRoute::name)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return section == null || names.contains(section)
                ? null
                : gateway.origin().object() + " has no listener or route " + section + ", expected one of " + names;
    }

    private static @Nullable String section(IngressDeclaration ingress, @Nullable String section) {
        var hosts = ingress.routes().stream()
                .map(route -> route.section())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return section == null || hosts.contains(section)
                ? null
                : ingress.origin().object() + " has no rule for host " + section + ", expected one of " + hosts;
    }

    private ObjectRef gateway(PolicyDeclaration.Target target) {
        var ingress = units.apply(target.object()).ingress();
        return ingress == null ? target.object() : ingress.gateway();
    }

    private Set<String> dataPlanes(Set<ObjectRef> gateways) {
        var ids = new LinkedHashSet<String>();
        for (ObjectRef gateway : gateways) {
            var declared = world.gateways.get(gateway);
            if (declared != null) {
                ids.add(declared.dataPlane());
            }
        }
        return ids;
    }

    private PolicyReport.Target target(PolicyDeclaration policy, PolicyDeclaration.Target target) {
        var lost = new ArrayList<Lost>();
        if (policy.replaceable()) {
            var below = below(target);
            for (Limit limit : policy.limits()) {
                below.stream()
                        .filter(other -> other.has(limit.name()))
                        .map(other -> new Lost(limit.name(), other.target().toString()))
                        .distinct()
                        .forEach(lost::add);
            }
        }
        var applied = new Applied(policy, target);
        var used = policy.limits().stream()
                .filter(limit -> holds.test(applied.id(limit))
                        || lost.stream().noneMatch(block -> block.block().equals(limit.name())))
                .map(Limit::name)
                .toList();
        return new PolicyReport.Target(
                target.object(),
                target.section(),
                rules(target),
                used,
                lost.stream().limit(16).toList());
    }

    /** The policies at more specific parts of a target, and at what is attached to it. */
    private List<Applied> below(PolicyDeclaration.Target target) {
        var below = new ArrayList<Applied>();
        for (Applied other : policies.at(target.object())) {
            if (rank(other.target()) > rank(target)) {
                below.add(other);
            }
        }
        attached.apply(target.object()).stream().sorted().forEach(ingress -> below.addAll(policies.at(ingress)));
        return below;
    }

    /** How specific a target is within its object: a whole, a listener, a route or host. */
    private int rank(PolicyDeclaration.Target target) {
        if (target.section() == null) {
            return 0;
        }
        var gateway = world.gateways.get(target.object());
        var isListener = gateway != null
                && gateway.listeners().stream()
                        .anyMatch(listener -> listener.name().equals(target.section()));
        return isListener ? 1 : 2;
    }

    private int rules(PolicyDeclaration.Target target) {
        var section = target.section();
        var gateway = world.gateways.get(target.object());
        if (gateway != null) {
            var isListener = gateway.listeners().stream()
                    .anyMatch(listener -> listener.name().equals(section));
            if (section == null || isListener) {
                return rules.applyAsInt(new ListenerKey(target.object(), section == null ? "" : section));
            }
            return 1;
        }
        var ingress = world.ingresses.get(target.object());
        return ingress == null
                ? 0
                : (int) ingress.routes().stream()
                        .filter(route -> section == null || route.section().equals(section))
                        .count();
    }

    static String summary(List<PolicyDeclaration.Target> targets) {
        if (targets.isEmpty()) {
            return "";
        }
        var more = targets.size() - 1;
        return targets.getFirst() + (more == 0 ? "" : " +" + more);
    }

    /** A report, and the problems of the policy. */
    record Reading(PolicyReport report, List<Problem> problems) {
        Reading {
            problems = List.copyOf(problems);
        }
    }
}
