package dev.portico.operator.push;

/**
 * A pod of a data plane.
 *
 * @param id tells it from its successors: the uid of the pod
 * @param host the address of the pod; never a name
 * @param port where it takes pushes
 * @param ready whether clients are sent to it
 */
public record Replica(String id, String name, String dataPlane, String host, int port, boolean ready) {
    /** Whether a connection to the other one would go to this one. */
    boolean sameAddress(Replica other) {
        return host.equals(other.host) && port == other.port && dataPlane.equals(other.dataPlane);
    }
}
