package dev.portico.operator.model;

import dev.portico.routetable.AccessLog;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Tls;
import dev.portico.routetable.VirtualHost.HttpsRedirect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Gateway declares.
 *
 * @param refused the routes that cannot be carried out as written, and why
 */
public record GatewayDeclaration(
        Origin origin,
        Age age,
        String dataPlane,
        List<Listener> listeners,
        List<RouteDeclaration> routes,
        List<RefusedRoute> refused,
        ClientTraffic clientTraffic,
        AccessLog accessLog,
        List<Problem> problems) {
    public GatewayDeclaration {
        listeners = List.copyOf(listeners);
        routes = List.copyOf(routes);
        refused = List.copyOf(refused);
        problems = List.copyOf(problems);
    }

    /**
     * A listener, its port as the user wrote it.
     *
     * @param tls given exactly for HTTPS
     * @param redirect where plain requests are sent to https, to a port as the user wrote it
     * @param namespaces whose Ingresses may attach
     */
    public record Listener(
            String name,
            String field,
            int port,
            HostPattern hostname,
            List<HttpVersion> versions,
            @Nullable Tls tls,
            List<CertificateUse> certificates,
            @Nullable HttpsRedirect redirect,
            Namespaces namespaces) {
        public Listener {
            versions = List.copyOf(versions);
            certificates = List.copyOf(certificates);
        }
    }

    /** A Secret whose certificate a listener presents. */
    public record CertificateUse(ObjectRef secret, String field) {}

    /** A route that is not served. */
    public record RefusedRoute(String name, String reason, String message) {}
}
