package dev.portico.operator.status;

import java.util.Map;
import java.util.Set;

/**
 * Since which version of each data plane's table what an object says is in there.
 *
 * @param inTables whether it is: an object may become good without being changed
 */
record Since(long generation, boolean inTables, Map<String, Long> versions) {
    boolean sameAs(long otherGeneration, boolean otherInTables, Set<String> dataPlanes) {
        return generation == otherGeneration && versions.keySet().equals(dataPlanes) && inTables == otherInTables;
    }
}
