package dev.portico.operator.status;

import dev.portico.operator.model.Condition;
import java.util.List;

/** What follows from conditions for the condition Programmed. */
final class Verdicts {
    private Verdicts() {}

    static boolean accepted(List<Condition> conditions) {
        return conditions.stream()
                .noneMatch(condition ->
                        condition.type().equals(Condition.ACCEPTED) && condition.status() == Condition.Status.FALSE);
    }

    /** What is not accepted is in no table, whatever the data planes say. */
    static Condition programmed(List<Condition> conditions, Condition programmed) {
        return accepted(conditions)
                ? programmed
                : Condition.no(Condition.PROGRAMMED, "Invalid", "", programmed.observedGeneration());
    }
}
