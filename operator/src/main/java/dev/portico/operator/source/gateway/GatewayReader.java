package dev.portico.operator.source.gateway;

import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.gateway.GatewaySpec;
import dev.portico.operator.model.Age;
import dev.portico.operator.model.GatewayDeclaration;
import dev.portico.operator.model.GatewayDeclaration.RefusedRoute;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.Problems;
import dev.portico.operator.model.RouteDeclaration;
import java.util.ArrayList;
import java.util.List;

/** Reads a portico Gateway. A route that cannot be read costs that route. */
public final class GatewayReader {
    private GatewayReader() {}

    /** The Gateway's declaration, for the data plane that serves it. */
    public static GatewayDeclaration read(Gateway gateway, String dataPlane) {
        var ref = ObjectRef.of(gateway);
        var spec =
                gateway.getSpec() == null ? new GatewaySpec(List.of(), List.of(), null, null, null) : gateway.getSpec();
        var listeners = new Listeners(ref);
        var routes = new ArrayList<RouteDeclaration>();
        var refused = new ArrayList<RefusedRoute>();
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < spec.routes().size(); i++) {
            var route = spec.routes().get(i);
            var found = new Problems(ref);
            var declaration = new RouteReader(ref, route, "spec.routes[" + i + "]", found).read();
            if (found.isEmpty()) {
                routes.add(declaration);
            } else {
                var first = found.found().getFirst();
                refused.add(new RefusedRoute(route.name(), first.reason(), first.message()));
                problems.addAll(found.found());
            }
        }
        var read = listeners.read(spec.listeners());
        problems.addAll(listeners.problems());
        var ofTraffic = new Problems(ref);
        var traffic = Traffic.read(spec.clientTraffic(), ofTraffic);
        problems.addAll(ofTraffic.found());
        return new GatewayDeclaration(
                Origin.of(gateway),
                Age.of(gateway),
                dataPlane,
                read,
                routes,
                refused,
                traffic,
                Traffic.read(spec.telemetry()),
                problems);
    }
}
