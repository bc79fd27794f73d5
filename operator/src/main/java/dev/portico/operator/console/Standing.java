package dev.portico.operator.console;

import dev.portico.operator.compile.Compiled;
import dev.portico.operator.model.Problem;
import dev.portico.operator.push.LinkState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How things stand after a round of the operator's loop. Immutable, so that it is handed to other threads by one
 * assignment.
 *
 * @param term in which this operator leads; empty if it does not
 * @param versions the newest version of each data plane's table, by id
 * @param problems all there are
 */
public record Standing(
        Instant at,
        OptionalLong term,
        Compiled compiled,
        Map<String, Long> versions,
        List<LinkState> replicas,
        Set<Problem> problems) {
    /** Before the first round. */
    public static final Standing NOTHING =
            new Standing(Instant.EPOCH, OptionalLong.empty(), Compiled.NOTHING, Map.of(), List.of(), Set.of());

    public Standing {
        versions = Map.copyOf(versions);
        replicas = List.copyOf(replicas);
        problems = Set.copyOf(problems);
    }

    long newest(String dataPlane) {
        return versions.getOrDefault(dataPlane, 0L);
    }

    List<LinkState> replicas(String dataPlane) {
        return replicas.stream()
                .filter(link -> link.replica().dataPlane().equals(dataPlane))
                .toList();
    }
}
