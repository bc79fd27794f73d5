package dev.portico.operator.source.ingress;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problems;
import dev.portico.operator.model.RouteDeclaration;
import dev.portico.routetable.Respond;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceBackendPort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads backends. One that cannot be read answers 503, so that its requests do not go to a shorter path. */
final class Backends {
    private final String namespace;
    private final Problems problems;

    Backends(String namespace, Problems problems) {
        this.namespace = namespace;
        this.problems = problems;
    }

    RouteDeclaration.Target read(IngressBackend backend, String field) {
        if (backend.getResource() != null) {
            return refused(
                    field + ".resource",
                    "InvalidKind",
                    "a resource backend (" + backend.getResource().getKind() + ") is not supported, expected service");
        }
        var service = backend.getService();
        if (service == null || service.getName() == null || service.getName().isEmpty()) {
            return refused(field, "Invalid", "no service is named, expected service.name and service.port");
        }
        var port = port(service.getPort());
        if (port == null) {
            return refused(field + ".service.port", "Invalid", "no port is named, expected name or number");
        }
        var ref = ObjectRef.service(namespace, service.getName());
        return new RouteDeclaration.Backends(
                List.of(new RouteDeclaration.Backend(ref, port, 1, field + ".service", null)));
    }

    private static RouteDeclaration.@Nullable Port port(@Nullable ServiceBackendPort port) {
        if (port == null) {
            return null;
        }
        if (port.getName() != null && !port.getName().isEmpty()) {
            return new RouteDeclaration.Port(port.getName(), 0);
        }
        return port.getNumber() == null ? null : new RouteDeclaration.Port(null, port.getNumber());
    }

    private RouteDeclaration.Target refused(String field, String reason, String message) {
        problems.add(field, reason, message);
        return new RouteDeclaration.Answer(new Respond(503, field + ": " + message));
    }
}
