package dev.portico.standalone.folder;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import dev.portico.standalone.yaml.Places;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object as a file has it.
 *
 * @param ref its identity; without a namespace it is in {@code default}, unless its kind has none
 * @param file empty where no file says it
 * @param content the object as Kubernetes would be sent it, its namespace filled in
 */
public record SourceObject(ObjectRef ref, String file, Map<String, @Nullable Object> content, Places places) {
    /** One that no file says. */
    public static SourceObject of(ObjectRef ref, Map<String, @Nullable Object> content) {
        return new SourceObject(ref, "", content, Places.NONE);
    }

    /** Says on which line of this object's file the problem is, and what stands there. */
    public LocatedProblem locate(Problem problem) {
        return problem(problem.field(), problem.message());
    }

    /** Says what is wrong with a field, and where that stands. What Secrets hold is not shown. */
    public LocatedProblem problem(String field, String expectation) {
        var secret = ref.kind().equals("Secret") && (field.startsWith("data") || field.startsWith("stringData"));
        var value = secret ? null : places.value(field);
        return new LocatedProblem(file, places.line(field), ref.toString(), field, value, expectation);
    }
}
