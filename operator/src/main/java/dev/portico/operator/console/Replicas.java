package dev.portico.operator.console;

import static java.util.Comparator.comparing;

import dev.portico.operator.console.Html.Cell;
import dev.portico.operator.push.LinkState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A table of replicas, what they serve, and the way to their own pages. */
final class Replicas {
    private static final List<String> COLUMNS = List.of("Pod", "Data plane", "Config port", "Ready", "Serves", "State");

    private final Standing standing;

    Replicas(Standing standing) {
        this.standing = standing;
    }

    void table(Html html, Collection<LinkState> replicas) {
        var sorted = replicas.stream()
                .sorted(comparing((LinkState link) -> link.replica().dataPlane())
                        .thenComparing(link -> link.replica().name())
                        .thenComparing(link -> link.replica().id()))
                .toList();
        var columns = new ArrayList<>(COLUMNS);
        columns.addAll(PodPages.PAGES);
        html.table(columns, sorted, this::row);
    }

    private List<Cell> row(LinkState link) {
        var replica = link.replica();
        var cells = new ArrayList<>(List.of(
                Cell.of(replica.name()),
                Cell.of(replica.dataPlane()),
                Cell.of(replica.host() + ":" + replica.port()),
                replica.ready() ? Cell.of("yes") : Cell.trouble("no"),
                Cell.of("version " + link.version()),
                state(link)));
        PodPages.PAGES.forEach(page -> cells.add(Cell.link(PodPages.path(replica, page), "show")));
        return cells;
    }

    private Cell state(LinkState link) {
        var obstacle = link.obstacle();
        if (obstacle != null) {
            return Cell.trouble(obstacle);
        }
        if (link.version() == 0) {
            return Cell.trouble("no table of this operator yet");
        }
        return link.version() == standing.newest(link.replica().dataPlane())
                ? Cell.of("up to date")
                : Cell.trouble("a newer table is on its way");
    }
}
