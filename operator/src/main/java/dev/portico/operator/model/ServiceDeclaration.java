package dev.portico.operator.model;

import dev.portico.routetable.HttpVersion;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a Service declares.
 *
 * @param ports those that speak TCP
 * @param externalName whether it is but a DNS name
 */
public record ServiceDeclaration(ObjectRef service, List<Port> ports, boolean externalName) {
    public ServiceDeclaration {
        ports = List.copyOf(ports);
    }

    /**
     * A port.
     *
     * @param name as its EndpointSlices call it; empty where it has none
     * @param target where endpoints listen, if the Service says so by number
     * @param protocol what endpoints speak, if the Service says so
     */
    public record Port(
            String name,
            int number,
            @Nullable Integer target,
            @Nullable HttpVersion protocol) {}

    public @Nullable Port port(RouteDeclaration.Port wanted) {
        for (Port port : ports) {
            if (wanted.name() == null
                    ? port.number() == wanted.number()
                    : wanted.name().equals(port.name())) {
                return port;
            }
        }
        return null;
    }

    /** The ports there are, as a user is told. */
    public String portsText() {
        if (ports.isEmpty()) {
            return "none";
        }
        return ports.stream()
                .map(port -> port.name().isEmpty() ? "" + port.number() : port.number() + " (" + port.name() + ")")
                .collect(Collectors.joining(", "));
    }
}
