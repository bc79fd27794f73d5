package dev.portico.operator.provision;

import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.gateway.Infrastructure;
import dev.portico.crds.gateway.Listener;
import dev.portico.crds.gateway.Protocol;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The data plane of a Gateway that is to be made.
 *
 * @param id by which operator and pods know it
 * @param ports where clients come in, and what they speak there
 */
record DataPlane(Gateway gateway, String id, SortedMap<Integer, Protocol> ports) {
    static DataPlane of(Gateway gateway, String id, Set<Integer> reservedPorts) {
        var ports = new TreeMap<Integer, Protocol>();
        for (Listener listener : gateway.getSpec().listeners()) {
            if (!reservedPorts.contains(listener.port())) {
                ports.putIfAbsent(listener.port(), listener.protocol());
            }
        }
        return new DataPlane(gateway, id, ports);
    }

    String name() {
        return Names.of(gateway);
    }

    Infrastructure infrastructure() {
        var given = gateway.getSpec().infrastructure();
        return given == null ? Infrastructure.BY_DEFAULT : given;
    }

    /** A Gateway without listeners is a template for others, and has no data plane of its own. */
    boolean isTemplate() {
        return gateway.getSpec().listeners().isEmpty();
    }

    /** Whether there is a port for clients: a Service cannot be without, and one typing error must not end a data plane. */
    boolean isReachable() {
        return !ports.isEmpty();
    }

    long generation() {
        return gateway.getMetadata().getGeneration();
    }

    static String portName(Protocol protocol, int port) {
        var spoken = switch (protocol) {
            case HTTP -> "http";
            case HTTPS -> "https";
        };
        return spoken + "-" + port;
    }
}
