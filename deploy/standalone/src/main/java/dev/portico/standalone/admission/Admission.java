package dev.portico.standalone.admission;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import dev.portico.standalone.folder.LocatedProblem;
import dev.portico.standalone.folder.Reading;
import dev.portico.standalone.folder.SourceObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Admits one reading of a folder after the other. An object that did not change is not checked again. */
public final class Admission {
    private final Judge judge;
    private Map<ObjectRef, Case> cases = Map.of();

    public Admission(Judge judge) {
        this.judge = judge;
    }

    public Admitted admit(Reading reading) {
        var next = new HashMap<ObjectRef, Case>();
        var objects = new LinkedHashMap<ObjectRef, Map<String, @Nullable Object>>();
        var problems = new ArrayList<>(reading.problems());
        reading.objects().forEach((ref, source) -> {
            var judged = judged(source, cases.get(ref));
            next.put(ref, judged);
            problems.addAll(judged.verdict().problems());
            if (judged.served() != null) {
                objects.put(ref, judged.served());
            }
        });
        cases = Map.copyOf(next);
        return new Admitted(objects, reading.objects(), problems);
    }

    private Case judged(SourceObject source, @Nullable Case before) {
        if (before != null && before.source().content().equals(source.content())) {
            // Its lines may have moved: what is wrong with it is said anew.
            var verdict = before.verdict().problems().isEmpty() ? before.verdict() : judge.judge(source);
            return new Case(source, verdict, before.served());
        }
        var verdict = judge.judge(source);
        var former = before == null ? null : before.served();
        return new Case(source, verdict, verdict.object() == null ? former : verdict.object());
    }

    private record Case(
            SourceObject source, Verdict verdict, @Nullable Map<String, @Nullable Object> served) {}

    /**
     * What a folder comes to.
     *
     * @param objects those that are in, complete with defaults
     * @param sources where each object of the folder stands
     */
    public record Admitted(
            Map<ObjectRef, Map<String, @Nullable Object>> objects,
            Map<ObjectRef, SourceObject> sources,
            List<LocatedProblem> problems) {

        /** With objects that stand in no file, and what is wrong with those. */
        public Admitted with(Admitted added) {
            var all = new LinkedHashMap<>(objects);
            all.putAll(added.objects);
            var everyProblem = new ArrayList<>(problems);
            everyProblem.addAll(added.problems);
            return new Admitted(all, sources, everyProblem);
        }

        /** Locates what the operator found; that a refused object is missed elsewhere is no news. */
        public List<LocatedProblem> locate(Collection<Problem> found) {
            var refused = sources.keySet().stream()
                    .filter(ref -> !objects.containsKey(ref))
                    .map(ref -> ref + " does not exist")
                    .toList();
            return found.stream()
                    .filter(problem -> refused.stream().noneMatch(problem.message()::contains))
                    .map(problem -> LocatedProblem.of(problem, sources))
                    .toList();
        }
    }
}
