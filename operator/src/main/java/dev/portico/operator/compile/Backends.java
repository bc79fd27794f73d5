package dev.portico.operator.compile;

import dev.portico.operator.model.RouteDeclaration.Backend;
import dev.portico.routetable.Forward;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pass: holds the backends of a route against the Services there are. */
final class Backends {
    private final UnitBuilder unit;
    private final List<Trouble> troubles = new ArrayList<>();

    Backends(UnitBuilder unit) {
        this.unit = unit;
    }

    /** The shares; one whose Service cannot be used has no upstream. */
    List<Forward.Target> resolve(List<Backend> backends) {
        return backends.stream()
                .map(backend -> new Forward.Target(resolve(backend), backend.weight()))
                .toList();
    }

    List<Trouble> troubles() {
        return troubles;
    }

    private @Nullable String resolve(Backend backend) {
        if (backend.refused() != null) {
            return trouble(backend.field() + ".kind", "InvalidKind", backend.refused());
        }
        var service = unit.service(backend.service());
        if (service == null) {
            return trouble(
                    backend.field() + ".name",
                    backend.service() + " does not exist, expected a Service of the same namespace");
        }
        if (service.externalName()) {
            return trouble(
                    backend.field() + ".name",
                    backend.service()
                            + " is of type ExternalName, expected one with endpoints: names are not resolved");
        }
        var port = service.port(backend.port());
        if (port == null) {
            return trouble(
                    backend.field() + ".port",
                    backend.service() + " has no port " + backend.port() + ", expected one of: " + service.portsText());
        }
        var use = new UpstreamUse(backend.service(), port, 1);
        unit.use(use);
        return use.upstream();
    }

    private @Nullable String trouble(String field, String message) {
        return trouble(field, "BackendNotFound", message);
    }

    private @Nullable String trouble(String field, String reason, String message) {
        troubles.add(new Trouble(reason, message));
        unit.problems.add(field, reason, message);
        return null;
    }

    /** Why a backend cannot be used. */
    record Trouble(String reason, String message) {}
}
