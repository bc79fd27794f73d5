package dev.portico.operator.model;

import dev.portico.routetable.HostPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an Ingress declares.
 *
 * @param className the class it names, by field or by the old annotation
 * @param classField where it names it
 */
public record IngressDeclaration(
        Origin origin,
        Age age,
        @Nullable String className,
        String classField,
        List<RouteDeclaration> routes,
        List<TlsUse> tls,
        List<Problem> problems) {
    public IngressDeclaration {
        routes = List.copyOf(routes);
        tls = List.copyOf(tls);
        problems = List.copyOf(problems);
    }

    /**
     * Hosts that are served by TLS.
     *
     * @param hosts empty: the names of the certificate
     * @param secret absent: with whatever certificate the Gateway has
     */
    public record TlsUse(List<HostPattern> hosts, @Nullable ObjectRef secret, String field) {
        public TlsUse {
            hosts = List.copyOf(hosts);
        }
    }
}
