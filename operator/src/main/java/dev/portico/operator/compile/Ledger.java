package dev.portico.operator.compile;

import dev.portico.operator.model.Problem;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All problems, by the pass and thing that found them. */
final class Ledger {
    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::object)
            .thenComparing(Problem::field)
            .thenComparing(Problem::reason)
            .thenComparing(Problem::message);

    private final Map<Object, List<Problem>> byFinder = new HashMap<>();
    private List<Problem> sorted = List.of();
    private boolean changed;

    void set(Object finder, List<Problem> problems) {
        var before = problems.isEmpty() ? byFinder.remove(finder) : byFinder.put(finder, problems);
        changed |= !problems.equals(before == null ? List.of() : before);
    }

    List<Problem> sorted() {
        if (changed) {
            sorted = byFinder.values().stream()
                    .flatMap(List::stream)
                    .distinct()
                    .sorted(ORDER)
                    .toList();
            changed = false;
        }
        return sorted;
    }
}
