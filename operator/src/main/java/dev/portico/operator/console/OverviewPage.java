package dev.portico.operator.console;

import static java.util.Comparator.comparing;

import dev.portico.operator.console.Html.Cell;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.GatewayReport;
import dev.portico.operator.model.IngressReport;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All Gateways, all replicas, all Problems. */
final class OverviewPage {
    private static final Comparator<Problem> BY_OBJECT =
            comparing(Problem::object).thenComparing(Problem::field).thenComparing(Problem::message);

    private final Standing standing;

    OverviewPage(Standing standing) {
        this.standing = standing;
    }

    Html html() {
        var html = new Html("Portico");
        if (standing.equals(Standing.NOTHING)) {
            return html.warning("Not everything was read from the API server yet.");
        }
        lead(html);
        html.heading("Gateways");
        gateways(html);
        html.heading("Replicas");
        new Replicas(standing).table(html, standing.replicas());
        html.heading("Problems");
        problems(html);
        return html;
    }

    private void lead(Html html) {
        var since = "As of " + standing.at().truncatedTo(ChronoUnit.SECONDS) + ".";
        if (standing.term().isPresent()) {
            html.paragraph("Leads in term " + standing.term().getAsLong() + ". " + since);
        } else {
            html.paragraph(since)
                    .warning("This operator does not lead. What replicas serve is known to the one that does.");
        }
    }

    private void gateways(Html html) {
        var reports = standing.compiled().gateways().values().stream()
                .sorted(comparing(report -> report.origin().object()))
                .toList();
        var ingresses = standing.compiled().ingresses().values().stream()
                .collect(Collectors.groupingBy(IngressReport::gateway, Collectors.counting()));
        var columns = List.of(
                "Gateway",
                Condition.ACCEPTED,
                Condition.RESOLVED_REFS,
                "Listeners",
                "Ingresses",
                "Newest table",
                "Serving");
        html.table(columns, reports, report -> gateway(report, ingresses));
    }

    private List<Cell> gateway(GatewayReport report, Map<ObjectRef, Long> ingresses) {
        var ref = report.origin().object();
        return List.of(
                Cell.link(GatewayPage.path(ref), ref.namespace() + "/" + ref.name()),
                condition(report, Condition.ACCEPTED),
                condition(report, Condition.RESOLVED_REFS),
                Cell.of(report.listeners().size()),
                Cell.of(ingresses.getOrDefault(ref, 0L)),
                Cell.of("version " + standing.newest(report.dataPlane())),
                serving(report.dataPlane()));
    }

    private static Cell condition(GatewayReport report, String type) {
        return report.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .map(condition -> condition.status() == Condition.Status.TRUE
                        ? Cell.of(condition.status().text())
                        : Cell.trouble(condition.status().text() + " " + condition.reason()))
                .orElse(Cell.of(""));
    }

    private Cell serving(String dataPlane) {
        var replicas = standing.replicas(dataPlane);
        var serving = replicas.stream()
                .filter(link -> link.version() == standing.newest(dataPlane))
                .count();
        var text = serving + " of " + replicas.size();
        return replicas.isEmpty() || serving < replicas.size() ? Cell.trouble(text) : Cell.of(text);
    }

    private void problems(Html html) {
        var sorted = standing.problems().stream().sorted(BY_OBJECT).toList();
        html.table(
                List.of("Object", "Field", "Reason", "Message"),
                sorted,
                problem -> List.of(
                        Cell.of(problem.object().toString()),
                        Cell.of(problem.field()),
                        Cell.of(problem.reason()),
                        Cell.of(problem.message())));
    }
}
