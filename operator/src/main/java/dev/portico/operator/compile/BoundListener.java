package dev.portico.operator.compile;

import dev.portico.operator.model.Namespaces;
import dev.portico.operator.model.ObjectRef;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.VirtualHost.HttpsRedirect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listener of a Gateway that has its port.
 *
 * @param id of the table's listener, which all listeners of the port share
 * @param port on which the data plane binds
 * @param narrower the hostnames of other listeners of the port that take a part of this one's hosts
 * @param policies that hold for all that is served here, least specific first
 */
record BoundListener(
        ObjectRef gateway,
        String name,
        String id,
        int port,
        boolean tls,
        HostPattern hostname,
        List<HostPattern> narrower,
        @Nullable HttpsRedirect redirect,
        Namespaces namespaces,
        List<Applied> policies) {
    BoundListener {
        narrower = List.copyOf(narrower);
        policies = List.copyOf(policies);
    }
}
