package dev.portico.operator.compile;

import dev.portico.operator.model.ObjectRef;
import java.util.List;
import java.util.Map;

/**
 * A Gateway with those of its listeners that have their ports.
 *
 * @param ports where the data plane binds the ports that the user wrote
 */
record GatewayBinding(ObjectRef gateway, String dataPlane, List<BoundListener> listeners, Map<Integer, Integer> ports) {
    GatewayBinding {
        listeners = List.copyOf(listeners);
        ports = Map.copyOf(ports);
    }

    /** The port by which clients reach what the user calls {@code port}. */
    int publicPort(int port) {
        return ports.getOrDefault(port, port);
    }
}
