package dev.portico.operator.provision;

import dev.portico.crds.gateway.ServiceSettings;
import java.time.Duration;

/**
 * How long a pod serves before it says that it ends.
 *
 * <p>Until everybody has heard that it ends it is still sent connections. Those who have no other pod must find it as it
 * was: a load balancer goes on sending to a node whose only pod it is until its checks of the node have failed, and to a
 * new node only when they have succeeded.
 */
record Ending(Duration beforeStop, Duration found) {
    private static final Ending INSIDE = new Ending(Duration.ofSeconds(10), Duration.ZERO);
    /** Three checks of a node in the intervals that clouds have by default, of 8 to 10 s. */
    private static final Ending BY_NODE = new Ending(Duration.ofSeconds(30), Duration.ofSeconds(30));

    static Ending of(ServiceSettings service) {
        var byNode = service.type() != ServiceSettings.Type.CLUSTER_IP
                && service.externalTrafficPolicy() == ServiceSettings.TrafficPolicy.LOCAL;
        return byNode ? BY_NODE : INSIDE;
    }
}
