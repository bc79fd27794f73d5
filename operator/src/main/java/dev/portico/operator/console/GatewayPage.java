package dev.portico.operator.console;

import static java.util.Comparator.comparing;

import dev.portico.operator.compile.Table;
import dev.portico.operator.console.Html.Cell;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.GatewayReport;
import dev.portico.operator.model.GatewayReport.ListenerReport;
import dev.portico.operator.model.IngressReport;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.push.LinkState;
import dev.portico.routetable.Action;
import dev.portico.routetable.Forward;
import dev.portico.routetable.Match;
import dev.portico.routetable.Redirect;
import dev.portico.routetable.Respond;
import dev.portico.routetable.Route;
import dev.portico.routetable.VirtualHost;
import dev.portico.wire.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A Gateway: its conditions and listeners, the routes that its data plane serves, and the replicas of that. */
final class GatewayPage {
    private final Standing standing;
    private final GatewayReport report;
    private final List<LinkState> replicas;

    GatewayPage(Standing standing, GatewayReport report) {
        this.standing = standing;
        this.report = report;
        this.replicas = standing.replicas(report.dataPlane());
    }

    static String path(ObjectRef gateway) {
        return Html.path("gateways", gateway.namespace(), gateway.name());
    }

    Html html() {
        var html = new Html(report.origin().object().toString());
        html.link("/", "All Gateways");
        html.heading("Conditions");
        html.table(List.of("Of", "Condition", "Status", "Reason", "Message"), conditions(), GatewayPage::row);
        html.heading("Listeners");
        html.table(List.of("Listener", "In the table", "Routes", "Bound by"), report.listeners(), this::row);
        html.heading("Routes of data plane " + report.dataPlane());
        html.table(List.of("Host", "Match", "Action", "Route", "Listeners"), served(), GatewayPage::row);
        html.heading("Ingresses");
        html.table(List.of("Ingress"), ingresses(), ref -> List.of(Cell.of(ref.toString())));
        html.heading("Replicas");
        new Replicas(standing).table(html, replicas);
        return html;
    }

    private List<Stated> conditions() {
        var all = new ArrayList<Stated>();
        report.conditions().forEach(condition -> all.add(new Stated("the Gateway", condition)));
        report.listeners()
                .forEach(listener -> listener.conditions()
                        .forEach(condition -> all.add(new Stated("listener " + listener.name(), condition))));
        report.routes()
                .forEach(route -> route.conditions()
                        .forEach(condition -> all.add(new Stated("route " + route.name(), condition))));
        return all;
    }

    private static List<Cell> row(Stated stated) {
        var condition = stated.condition();
        var status = condition.status().text();
        return List.of(
                Cell.of(stated.of()),
                Cell.of(condition.type()),
                condition.status() == Condition.Status.TRUE ? Cell.of(status) : Cell.trouble(status),
                Cell.of(condition.reason()),
                Cell.of(condition.message()));
    }

    private List<Cell> row(ListenerReport listener) {
        return List.of(
                Cell.of(listener.name()),
                listener.listener() == null ? Cell.trouble("no") : Cell.of(listener.listener()),
                Cell.of(listener.attachedRoutes()),
                bound(listener.listener()));
    }

    private Cell bound(@Nullable String listener) {
        var troubles = new ArrayList<String>();
        var bound = 0;
        for (LinkState link : replicas) {
            for (Answer.Outcome outcome : link.listeners()) {
                if (outcome.id().equals(listener)) {
                    bound += outcome.problem() == null ? 1 : 0;
                    if (outcome.problem() != null) {
                        troubles.add(link.replica().name() + ": " + outcome.problem());
                    }
                }
            }
        }
        var text = bound + " of " + replicas.size();
        return troubles.isEmpty() ? Cell.of(text) : Cell.trouble(text + "; " + String.join("; ", troubles));
    }

    private List<Served> served() {
        var table = standing.compiled().tables().getOrDefault(report.dataPlane(), Table.EMPTY);
        return table.decoded().sections().values().stream()
                .filter(VirtualHost.class::isInstance)
                .map(VirtualHost.class::cast)
                .sorted(comparing(VirtualHost::host).thenComparing(VirtualHost::key))
                .flatMap(host -> host.routes().stream().map(route -> new Served(host, route)))
                .toList();
    }

    private static List<Cell> row(Served served) {
        return List.of(
                Cell.of(served.host().host().toString()),
                Cell.of(text(served.route().match())),
                Cell.of(text(served.route().action())),
                Cell.of(served.route().id()),
                Cell.of(served.host().bindings().stream()
                        .map(VirtualHost.Binding::listener)
                        .collect(Collectors.joining(", "))));
    }

    private static String text(Match match) {
        var text = new StringBuilder();
        if (match.method() != null) {
            text.append(match.method()).append(' ');
        }
        text.append(match.path().kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        text.append(' ').append(match.path().value());
        match.headers().forEach(header -> text.append(", header ").append(header.name()));
        match.queryParams().forEach(parameter -> text.append(", query ").append(parameter.name()));
        match.cookies().forEach(cookie -> text.append(", cookie ").append(cookie.name()));
        return text.toString();
    }

    private static String text(Action action) {
        return switch (action) {
            case Forward forward ->
                forward.targets().stream()
                        .map(target ->
                                target.weight() + " × " + Objects.requireNonNullElse(target.upstream(), "none: 500"))
                        .collect(Collectors.joining(", "));
            case Redirect redirect -> "redirect " + redirect.statusCode();
            case Respond respond -> "respond " + respond.statusCode();
        };
    }

    private List<ObjectRef> ingresses() {
        return standing.compiled().ingresses().values().stream()
                .filter(ingress -> ingress.gateway().equals(report.origin().object()))
                .map(IngressReport::origin)
                .map(origin -> origin.object())
                .sorted()
                .toList();
    }

    /** A condition and of what it is one. */
    private record Stated(String of, Condition condition) {}

    /** A route, as it is in the table. */
    private record Served(VirtualHost host, Route route) {}
}
