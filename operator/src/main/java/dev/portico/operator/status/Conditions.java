package dev.portico.operator.status;

import dev.portico.crds.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Conditions as they are written: with the time of the last change of status. */
final class Conditions {
    private static final int MAX_MESSAGE = 32768;

    private Conditions() {}

    static List<Condition> merge(
            List<Condition> before, List<dev.portico.operator.model.Condition> after, Instant now) {
        return after.stream().map(condition -> written(before, condition, now)).toList();
    }

    /** With those that changed in place of what was said of their types before; others stay. */
    static List<Condition> replace(
            List<Condition> before, List<dev.portico.operator.model.Condition> changed, Instant now) {
        var types =
                changed.stream().map(dev.portico.operator.model.Condition::type).collect(Collectors.toSet());
        return Stream.concat(
                        merge(before, changed, now).stream(),
                        before.stream().filter(old -> !types.contains(old.type())))
                .toList();
    }

    private static Condition written(List<Condition> before, dev.portico.operator.model.Condition after, Instant now) {
        var status = switch (after.status()) {
            case TRUE -> Condition.Status.TRUE;
            case FALSE -> Condition.Status.FALSE;
        };
        var since = before.stream()
                .filter(old -> old.type().equals(after.type()) && old.status() == status)
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
        var message =
                after.message().length() > MAX_MESSAGE ? after.message().substring(0, MAX_MESSAGE) : after.message();
        return new Condition(after.type(), status, after.reason(), message, after.observedGeneration(), since);
    }

    /** Whether the status says that this very generation serves everywhere: which it then does for good. */
    static boolean programmed(List<Condition> conditions, long generation) {
        return conditions.stream()
                .anyMatch(condition -> condition.type().equals(dev.portico.operator.model.Condition.PROGRAMMED)
                        && condition.status() == Condition.Status.TRUE
                        && condition.observedGeneration() == generation);
    }
}
