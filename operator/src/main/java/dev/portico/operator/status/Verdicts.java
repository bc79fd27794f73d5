package dev.portico.operator.status;

import dev.portico.operator.model.Condition;
import dev.portico.operator.model.PolicyReport;
import java.util.List;

/** What follows from conditions for the condition Programmed. */
final class Verdicts {
    private Verdicts() {}

    static boolean accepted(List<Condition> conditions) {
        return conditions.stream()
                .noneMatch(condition ->
                        condition.type().equals(Condition.ACCEPTED) && condition.status() == Condition.Status.FALSE);
    }

    /** A policy of which one target is missing holds at the others; one that no route meets is in no table. */
    static boolean inTables(PolicyReport report) {
        return holds(report) && !report.dataPlanes().isEmpty();
    }

    static Condition programmed(PolicyReport report, Condition programmed) {
        if (inTables(report)) {
            return programmed;
        }
        return holds(report)
                ? Condition.no(
                        Condition.PROGRAMMED,
                        "Unused",
                        "no route leads to what the policy is aimed at",
                        programmed.observedGeneration())
                : invalid(programmed.observedGeneration());
    }

    private static boolean holds(PolicyReport report) {
        return accepted(report.conditions())
                || report.ancestors().stream().anyMatch(ancestor -> accepted(ancestor.conditions()));
    }

    /** What is not accepted is in no table, whatever the data planes say. */
    static Condition programmed(List<Condition> conditions, Condition programmed) {
        return accepted(conditions) ? programmed : invalid(programmed.observedGeneration());
    }

    static Condition invalid(long generation) {
        return Condition.no(Condition.PROGRAMMED, "Invalid", "", generation);
    }
}
