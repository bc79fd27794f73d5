package dev.portico.operator.compile;

import dev.portico.operator.model.Problem;
import dev.portico.routetable.Forward;
import dev.portico.routetable.RateLimit;
import dev.portico.routetable.Redirect;
import dev.portico.routetable.Respond;
import dev.portico.routetable.Route;
import dev.portico.routetable.RouteTable;
import dev.portico.routetable.VirtualHost;
import java.util.List;
import java.util.stream.Collectors;

/** Tables and problems in few words, for assertions. */
final class Tell {
    private Tell() {}

    static Table encoded(Compiled compiled) {
        return compiled.tables().getOrDefault("edge-uid", Table.EMPTY);
    }

    static RouteTable table(Compiled compiled) {
        return encoded(compiled).decoded();
    }

    /** Every virtual host as {@code shop.example.org@http-80+https-443: PREFIX / -> shop/web:80}. */
    static List<String> hosts(Compiled compiled) {
        return hosts(table(compiled));
    }

    static List<String> hosts(RouteTable table) {
        return table.all(VirtualHost.class).map(Tell::host).sorted().toList();
    }

    static List<String> problems(Compiled compiled) {
        return compiled.problems().stream()
                .map(problem -> problem.object() + " " + problem.field() + " " + problem.reason())
                .toList();
    }

    static String messages(Compiled compiled) {
        return compiled.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    private static String host(VirtualHost host) {
        return host.host() + "@"
                + host.bindings().stream()
                        .map(binding -> binding.redirect() == null
                                ? binding.listener()
                                : binding.listener() + ">" + binding.redirect().port())
                        .collect(Collectors.joining("+"))
                + ": "
                + host.routes().stream().map(Tell::route).collect(Collectors.joining(", "));
    }

    private static String route(Route route) {
        var limits = route.filters().stream()
                .filter(RateLimit.class::isInstance)
                .map(filter -> " [" + ((RateLimit) filter).id() + "]")
                .collect(Collectors.joining());
        return route.match().path().kind() + " " + route.match().path().value() + limits + " -> " + action(route);
    }

    private static String action(Route route) {
        return switch (route.action()) {
            case Forward forward ->
                forward.targets().stream()
                        .map(target -> forward.targets().size() == 1 && target.upstream() != null
                                ? target.upstream()
                                : target.upstream() + "*" + target.weight())
                        .collect(Collectors.joining("|"));
            case Respond respond -> Integer.toString(respond.statusCode());
            case Redirect redirect -> redirect.statusCode() + " " + redirect.scheme() + " " + redirect.port();
        };
    }
}
