package dev.portico.operator.status;

import dev.portico.operator.model.Condition;
import dev.portico.operator.push.LinkState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far tables have come.
 *
 * @param versions the newest version of each data plane's table
 * @param links how the replicas stand
 * @param obstacles why data planes have pods that do not run
 */
record Programming(Map<String, Long> versions, List<LinkState> links, Map<String, String> obstacles) {
    /** Whether every Ready replica of these data planes serves the versions that are needed. */
    Condition condition(Map<String, Long> needed, long generation) {
        var replicas = links.stream()
                .filter(link -> link.replica().ready())
                .filter(link -> needed.containsKey(link.replica().dataPlane()))
                .toList();
        var behind = replicas.stream().filter(link -> !serves(link, needed)).toList();
        var unserved = without(replicas, needed.keySet());
        if (behind.isEmpty() && unserved.isEmpty() && !needed.isEmpty()) {
            return Condition.yes(Condition.PROGRAMMED, generation);
        }
        return Condition.no(Condition.PROGRAMMED, "Pending", message(replicas, behind, unserved), generation);
    }

    private static boolean serves(LinkState link, Map<String, Long> needed) {
        return link.version() >= needed.getOrDefault(link.replica().dataPlane(), 0L);
    }

    private static List<String> without(List<LinkState> replicas, Set<String> dataPlanes) {
        var served = replicas.stream().map(link -> link.replica().dataPlane()).collect(Collectors.toSet());
        return dataPlanes.stream()
                .filter(dataPlane -> !served.contains(dataPlane))
                .sorted()
                .toList();
    }

    private String message(List<LinkState> replicas, List<LinkState> behind, List<String> unserved) {
        var count = replicas.size() - behind.size() + " of " + replicas.size() + " replicas";
        return Stream.concat(
                        behind.stream().map(LinkState::obstacle),
                        unserved.stream().map(obstacles::get))
                .filter(Objects::nonNull)
                .findFirst()
                .map(why -> count + "; " + why)
                .orElse(count);
    }
}
