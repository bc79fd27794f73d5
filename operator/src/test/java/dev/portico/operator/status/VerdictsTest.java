package dev.portico.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.model.Condition;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.PolicyReport;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VerdictsTest {
    private static final Condition TRUE = Condition.yes(Condition.PROGRAMMED, 3);
    private static final Condition FOUND = Condition.yes(Condition.ACCEPTED, 3);
    private static final Condition MISSING = Condition.no(Condition.ACCEPTED, "TargetNotFound", "gone", 3);
    private static final Condition INVALID = Condition.no(Condition.ACCEPTED, "Invalid", "bad", 3);

    @Test
    void aPolicyIsProgrammedWhereOneOfItsTargetsIsThere() {
        assertThat(Verdicts.programmed(report(MISSING, FOUND), TRUE)).isEqualTo(TRUE);
        assertThat(Verdicts.programmed(report(FOUND, FOUND), TRUE)).isEqualTo(TRUE);
    }

    @Test
    void aPolicyIsNotProgrammedWhereNoTargetIsThereOrItIsWrong() {
        assertThat(Verdicts.programmed(report(MISSING), TRUE).status()).isEqualTo(Condition.Status.FALSE);
        assertThat(Verdicts.programmed(report(INVALID, INVALID), TRUE).reason()).isEqualTo("Invalid");
    }

    @Test
    void aPolicyThatNoRouteMeetsIsNotProgrammedAndSaysSo() {
        var unused = new PolicyReport(
                new Origin(ObjectRef.rateLimit("a", "r"), 3), Set.of(), List.of(FOUND), List.of(), List.of(), "");
        assertThat(Verdicts.programmed(unused, TRUE).status()).isEqualTo(Condition.Status.FALSE);
        assertThat(Verdicts.programmed(unused, TRUE).reason()).isEqualTo("Unused");
        assertThat(Verdicts.inTables(unused)).isFalse();
    }

    private static PolicyReport report(Condition accepted, Condition... ofAncestors) {
        var ancestors = List.of(ofAncestors).stream()
                .map(condition -> new PolicyReport.Ancestor(ObjectRef.gateway("a", "b"), "dp", List.of(condition)))
                .toList();
        var origin = new Origin(ObjectRef.rateLimit("a", "r"), 3);
        return new PolicyReport(origin, Set.of("dp"), List.of(accepted), ancestors, List.of(), "");
    }
}
