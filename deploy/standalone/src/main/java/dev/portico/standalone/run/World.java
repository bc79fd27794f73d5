package dev.portico.standalone.run;

import dev.portico.crds.check.ReadKind;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import dev.portico.standalone.admission.Admission;
import dev.portico.standalone.api.EmbeddedApi;
import dev.portico.standalone.folder.LocatedProblem;
import dev.portico.standalone.folder.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the embedded API as the folder says. */
final class World {
    private static final String FOLDER = "folder";
    private static final String OPERATOR = "operator";

    private final EmbeddedApi api;
    private final Admission admission;
    private final Additions additions;
    private final ProblemBoard board;
    private final Map<ObjectRef, Map<String, @Nullable Object>> applied = new LinkedHashMap<>();
    private volatile Admission.Admitted admitted = new Admission.Admitted(Map.of(), Map.of(), List.of());
    private volatile List<Problem> found = List.of();

    World(EmbeddedApi api, Admission admission, Additions additions, ProblemBoard board) {
        this.api = api;
        this.admission = admission;
        this.additions = additions;
        this.board = board;
    }

    /**
     * Makes the API as the folder is; all that is new has one age.
     *
     * @return false if something was not taken, which is a Problem as long as it is not
     */
    synchronized boolean accept(Reading reading) {
        try {
            admitted = additions.complete(admission.admit(reading));
            var same = admitted.objects().equals(applied);
            var refused = apply(admitted.objects(), Instant.now());
            var problems = new ArrayList<>(admitted.problems());
            problems.addAll(admitted.locate(refused));
            board.show(FOLDER, problems);
            if (same) {
                // The operator has nothing to say anew, but lines may have moved.
                board.show(OPERATOR, admitted.locate(found));
            }
            return refused.isEmpty();
        } catch (RuntimeException e) {
            board.show(FOLDER, List.of(LocatedProblem.of("", 0, "the folder cannot be taken: " + e)));
            return false;
        }
    }

    /** Shows what the operator has to say of the objects. */
    void problems(Collection<Problem> problems) {
        found = List.copyOf(problems);
        board.show(OPERATOR, admitted.locate(found));
    }

    synchronized Map<ObjectRef, Map<String, @Nullable Object>> objects() {
        return Map.copyOf(applied);
    }

    private List<Problem> apply(Map<ObjectRef, Map<String, @Nullable Object>> objects, Instant now) {
        var refused = new ArrayList<Problem>();
        objects.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(applied.get(entry.getKey())))
                .sorted(Comparator.comparing(entry -> rank(entry.getKey())))
                .forEach(entry -> put(entry.getKey(), entry.getValue(), now, refused));
        List.copyOf(applied.keySet()).stream()
                .filter(ref -> !objects.containsKey(ref))
                .forEach(ref -> delete(ref, refused));
        return refused;
    }

    private void put(ObjectRef ref, Map<String, @Nullable Object> content, Instant now, List<Problem> refused) {
        try {
            api.put(ref, content, now);
            applied.put(ref, content);
        } catch (RuntimeException e) {
            refused.add(refusal(ref, e));
        }
    }

    private void delete(ObjectRef ref, List<Problem> refused) {
        try {
            api.delete(ref);
            applied.remove(ref);
        } catch (RuntimeException e) {
            refused.add(refusal(ref, e));
        }
    }

    private static Problem refusal(ObjectRef ref, RuntimeException why) {
        return new Problem(ref, "", "Refused", "is tried again in a moment: " + why.getMessage());
    }

    /** What others refer to comes first, so that the first table is as whole as the folder. */
    private static ReadKind rank(ObjectRef ref) {
        return ReadKind.of(ref.group(), ref.kind()).orElseThrow();
    }
}
