package dev.portico.operator.status;

import dev.portico.operator.model.Condition;
import java.util.List;
import java.util.Map;

/**
 * Since which version of each data plane's table what an object says is in there.
 *
 * @param conditions what compile said of it: an object may become good without being changed
 */
record Since(long generation, List<Condition> conditions, Map<String, Long> versions) {
    boolean sameAs(long otherGeneration, List<Condition> otherConditions, java.util.Set<String> dataPlanes) {
        return generation == otherGeneration
                && versions.keySet().equals(dataPlanes)
                && Verdicts.accepted(conditions) == Verdicts.accepted(otherConditions);
    }
}
