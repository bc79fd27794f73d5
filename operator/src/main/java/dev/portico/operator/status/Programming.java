package dev.portico.operator.status;

import dev.portico.operator.model.Condition;
import dev.portico.operator.push.LinkState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How far tables have come.
 *
 * @param versions the newest version of each data plane's table
 * @param links how the replicas stand
 */
record Programming(Map<String, Long> versions, List<LinkState> links) {
    /** Whether every Ready replica of these data planes serves the versions that are needed. */
    Condition condition(Map<String, Long> needed, long generation) {
        var replicas = links.stream()
                .filter(link -> link.replica().ready())
                .filter(link -> needed.containsKey(link.replica().dataPlane()))
                .toList();
        var behind = replicas.stream().filter(link -> !serves(link, needed)).toList();
        if (behind.isEmpty() && covers(replicas, needed.keySet())) {
            return Condition.yes(Condition.PROGRAMMED, generation);
        }
        return Condition.no(Condition.PROGRAMMED, "Pending", message(replicas, behind), generation);
    }

    private static boolean serves(LinkState link, Map<String, Long> needed) {
        return link.version() >= needed.getOrDefault(link.replica().dataPlane(), 0L);
    }

    private static boolean covers(List<LinkState> replicas, Set<String> dataPlanes) {
        return !dataPlanes.isEmpty()
                && dataPlanes.stream()
                        .allMatch(dataPlane -> replicas.stream()
                                .anyMatch(link -> link.replica().dataPlane().equals(dataPlane)));
    }

    private static String message(List<LinkState> replicas, List<LinkState> behind) {
        var count = replicas.size() - behind.size() + " of " + replicas.size() + " replicas";
        return behind.stream()
                .map(LinkState::obstacle)
                .filter(Objects::nonNull)
                .findFirst()
                .map(why -> count + "; " + why)
                .orElse(count);
    }
}
