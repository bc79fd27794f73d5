package dev.portico.standalone.run;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import dev.portico.standalone.admission.Admission;
import dev.portico.standalone.api.EmbeddedApi;
import dev.portico.standalone.folder.Reading;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the embedded API as the folder says. */
final class World {
    private static final String FOLDER = "folder";
    private static final String OPERATOR = "operator";
    /** What others refer to comes first, so that the first table is as whole as the folder. */
    private static final List<String> ORDER = List.of(
            "Namespace", "Secret", "Service", "EndpointSlice", "IngressClass", "Gateway", "RateLimit", "Ingress");

    private final EmbeddedApi api;
    private final Admission admission;
    private final Additions additions;
    private final ProblemBoard board;
    private Map<ObjectRef, Map<String, @Nullable Object>> applied = Map.of();
    private volatile Admission.Admitted admitted = new Admission.Admitted(Map.of(), Map.of(), List.of());

    World(EmbeddedApi api, Admission admission, Additions additions, ProblemBoard board) {
        this.api = api;
        this.admission = admission;
        this.additions = additions;
        this.board = board;
    }

    /** Makes the API as the folder is; all that is new has one age. */
    synchronized void accept(Reading reading) {
        admitted = additions.complete(admission.admit(reading));
        apply(admitted.objects(), Instant.now());
        board.show(FOLDER, admitted.problems());
    }

    /** Shows what the operator has to say of the objects. */
    void problems(Collection<Problem> problems) {
        board.show(OPERATOR, admitted.locate(problems));
    }

    synchronized Map<ObjectRef, Map<String, @Nullable Object>> objects() {
        return applied;
    }

    private void apply(Map<ObjectRef, Map<String, @Nullable Object>> objects, Instant now) {
        var before = applied;
        applied = objects;
        objects.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .sorted((a, b) -> Integer.compare(rank(a.getKey()), rank(b.getKey())))
                .forEach(entry -> api.put(entry.getKey(), entry.getValue(), now));
        before.keySet().stream().filter(ref -> !objects.containsKey(ref)).forEach(api::delete);
    }

    private static int rank(ObjectRef ref) {
        return ORDER.indexOf(ref.kind());
    }
}
