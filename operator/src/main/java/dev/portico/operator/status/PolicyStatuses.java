package dev.portico.operator.status;

import dev.portico.crds.policy.PolicyStatus;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.PolicyReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of a policy: what compile says, and whether its data planes serve it. */
final class PolicyStatuses {
    private static final PolicyStatus NONE = new PolicyStatus(null, List.of(), List.of(), List.of());
    private static final int MAX_ANCESTORS = 16;

    private PolicyStatuses() {}

    static PolicyStatus orNone(@Nullable PolicyStatus status) {
        return status == null ? NONE : status;
    }

    static PolicyStatus of(
            PolicyReport report, Condition programmed, String controller, PolicyStatus before, Instant now) {
        var conditions = new ArrayList<>(report.conditions());
        conditions.add(Verdicts.programmed(report, programmed));
        return new PolicyStatus(
                report.targetSummary(),
                Conditions.merge(before.conditions(), conditions, now),
                ancestors(report, programmed, controller, before, now),
                report.targets().stream().map(PolicyStatuses::target).toList());
    }

    // Entries of other controllers stay, and stay where they are.
    private static List<PolicyStatus.AncestorStatus> ancestors(
            PolicyReport report, Condition programmed, String controller, PolicyStatus before, Instant now) {
        var ancestors = new ArrayList<PolicyStatus.AncestorStatus>();
        before.ancestors().stream()
                .filter(old -> !old.controllerName().equals(controller))
                .forEach(ancestors::add);
        for (PolicyReport.Ancestor ancestor : report.ancestors()) {
            if (ancestors.size() < MAX_ANCESTORS) {
                ancestors.add(ancestor(ancestor, programmed, controller, before, now));
            }
        }
        return ancestors;
    }

    private static PolicyStatus.AncestorStatus ancestor(
            PolicyReport.Ancestor ancestor, Condition programmed, String controller, PolicyStatus before, Instant now) {
        var gateway = ancestor.gateway();
        var ref = new PolicyStatus.AncestorRef(
                gateway.group(), gateway.kind(), gateway.namespace(), gateway.name(), null);
        var old = before.ancestors().stream()
                .filter(one -> one.controllerName().equals(controller)
                        && one.ancestorRef().equals(ref))
                .map(PolicyStatus.AncestorStatus::conditions)
                .findFirst()
                .orElse(List.of());
        var conditions = new ArrayList<>(ancestor.conditions());
        conditions.add(Verdicts.programmed(ancestor.conditions(), programmed));
        return new PolicyStatus.AncestorStatus(ref, controller, Conditions.merge(old, conditions, now));
    }

    private static PolicyStatus.TargetStatus target(PolicyReport.Target target) {
        var lost = target.blocksLost().stream()
                .map(block -> new PolicyStatus.LostBlock(block.block(), block.to()))
                .toList();
        return new PolicyStatus.TargetStatus(
                target.object().group(),
                target.object().kind(),
                target.object().name(),
                target.sectionName(),
                target.rules(),
                target.blocksUsed(),
                lost);
    }
}
