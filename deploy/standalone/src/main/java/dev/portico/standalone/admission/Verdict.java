package dev.portico.standalone.admission;

import dev.portico.standalone.folder.LocatedProblem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of an object.
 *
 * @param object the object with its defaults; absent where it is refused
 */
public record Verdict(@Nullable Map<String, @Nullable Object> object, List<LocatedProblem> problems) {
    public Verdict {
        problems = List.copyOf(problems);
    }
}
