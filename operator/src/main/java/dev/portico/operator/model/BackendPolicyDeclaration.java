package dev.portico.operator.model;

import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Tls;
import dev.portico.routetable.UpstreamTls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a BackendPolicy declares. Where there are problems its {@code tls} is not what the user wanted, and what it covers
 * must be closed.
 *
 * @param protocol absent: nothing
 * @param tls absent: nothing
 */
public record BackendPolicyDeclaration(
        Origin origin,
        Age age,
        List<PolicyDeclaration.Target> targets,
        @Nullable HttpVersion protocol,
        @Nullable BackendTls tls,
        List<Problem> problems) {
    public BackendPolicyDeclaration {
        targets = List.copyOf(targets);
        problems = List.copyOf(problems);
    }

    /**
     * TLS to endpoints.
     *
     * @param validation absent: whoever answers is believed
     * @param clientCertificate a Secret; absent: none is shown
     */
    public record BackendTls(
            @Nullable Validation validation, @Nullable ObjectRef clientCertificate, Tls.MinVersion minVersion) {}

    /**
     * What endpoints must prove.
     *
     * @param authorities ConfigMaps; none: those of the system
     */
    public record Validation(String hostname, List<ObjectRef> authorities, List<UpstreamTls.Name> names) {
        public Validation {
            authorities = List.copyOf(authorities);
            names = List.copyOf(names);
        }
    }
}
