package dev.portico.operator.compile;

import dev.portico.operator.model.BackendPolicyDeclaration;
import dev.portico.operator.model.BackendPolicyDeclaration.BackendTls;
import dev.portico.operator.model.BackendPolicyDeclaration.Validation;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.PolicyDeclaration.Target;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.ServiceDeclaration;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.UpstreamTls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pass: what is spoken to the ports of Services, by the policies aimed at them and by what Services say themselves. */
final class BackendPolicies {
    /**
     * Characters of PEM in all. The public authorities of the web are some 220 KiB; a section of a table, of which this is
     * a part, must stay far below what a data plane reads, or it refuses the whole push.
     */
    private static final int MAX_AUTHORITIES = 256 * 1024;

    private final List<BackendPolicyDeclaration> all;
    private final Authorities authorities;
    private final Certificates certificates;
    private final Map<ObjectRef, List<At>> byService = new HashMap<>();
    private final Map<ObjectRef, Set<ObjectRef>> servicesByReference = new HashMap<>();

    BackendPolicies(
            Collection<BackendPolicyDeclaration> declarations, Authorities authorities, Certificates certificates) {
        this.all = declarations.stream()
                .sorted(Comparator.comparing(BackendPolicyDeclaration::age))
                .toList();
        this.authorities = authorities;
        this.certificates = certificates;
        for (BackendPolicyDeclaration policy : all) {
            for (Target target : policy.targets()) {
                byService
                        .computeIfAbsent(target.object(), _ -> new ArrayList<>())
                        .add(new At(policy, target));
                references(policy.tls())
                        .forEach(reference -> servicesByReference
                                .computeIfAbsent(reference, _ -> new HashSet<>())
                                .add(target.object()));
            }
        }
    }

    private static List<ObjectRef> references(@Nullable BackendTls tls) {
        var references = new ArrayList<ObjectRef>();
        if (tls != null && tls.validation() != null) {
            references.addAll(tls.validation().authorities());
        }
        if (tls != null && tls.clientCertificate() != null) {
            references.add(tls.clientCertificate());
        }
        return references;
    }

    List<BackendPolicyDeclaration> all() {
        return all;
    }

    /** The Services to which something else may be spoken than before. */
    Set<ObjectRef> servicesChangedSince(BackendPolicies before) {
        var changed = new HashSet<>(byService.keySet());
        changed.addAll(before.byService.keySet());
        changed.removeIf(service -> at(service).equals(before.at(service)));
        return changed;
    }

    /** The Services for which a ConfigMap or Secret is named. */
    Set<ObjectRef> servicesOf(Collection<ObjectRef> references) {
        var services = new HashSet<ObjectRef>();
        references.forEach(reference -> services.addAll(servicesByReference.getOrDefault(reference, Set.of())));
        return services;
    }

    /** All ConfigMaps and Secrets that are named. */
    Set<ObjectRef> references() {
        return servicesByReference.keySet();
    }

    private List<At> at(ObjectRef service) {
        return byService.getOrDefault(service, List.of());
    }

    /** What is spoken to a port. */
    Spoken spoken(ObjectRef service, ServiceDeclaration.Port port) {
        var protocol = winner(Block.PROTOCOL, service, port);
        var tls = winner(Block.TLS, service, port);
        var resolved = tls == null ? Resolved.NOTHING : resolve(tls.policy());
        var origins = new ArrayList<Origin>();
        if (protocol != null) {
            origins.add(protocol.policy().origin());
        }
        if (tls != null && !tls.equals(protocol)) {
            origins.add(tls.policy().origin());
        }
        return new Spoken(
                protocol == null ? port.protocol() : protocol.policy().protocol(),
                resolved.tls(),
                resolved.trouble() != null,
                origins);
    }

    /** Whose block holds: that of the policy which names the port, then the oldest. */
    @Nullable
    At winner(Block block, ObjectRef service, ServiceDeclaration.Port port) {
        At widest = null;
        for (At at : at(service)) {
            if (block.isIn(at.policy())) {
                if (port.name().equals(at.target().section())) {
                    return at;
                }
                if (at.target().section() == null && widest == null) {
                    widest = at;
                }
            }
        }
        return widest;
    }

    /** Holds the references of a policy against the objects there are. */
    Resolved resolve(BackendPolicyDeclaration policy) {
        var tls = policy.tls();
        if (tls == null) {
            return Resolved.NOTHING;
        }
        if (!policy.problems().isEmpty()) {
            var first = policy.problems().getFirst();
            return Resolved.not(first.field(), "Invalid", first.message());
        }
        UpstreamTls.Identity identity = null;
        if (tls.clientCertificate() != null) {
            var state = certificates.get(tls.clientCertificate());
            if (state.served() == null) {
                return Resolved.not(
                        "spec.tls.clientCertificateRef", "InvalidCertificateRef", String.valueOf(state.trouble()));
            }
            identity = new UpstreamTls.Identity(
                    state.served().chain(), state.served().privateKey());
        }
        var validation = tls.validation();
        if (validation == null) {
            return Resolved.to(new UpstreamTls(null, new UpstreamTls.Anybody(), identity, tls.minVersion()));
        }
        var found = new LinkedHashSet<String>();
        for (int i = 0; i < validation.authorities().size(); i++) {
            var state = authorities.get(validation.authorities().get(i));
            if (state.certificates() == null) {
                return Resolved.not(
                        "spec.tls.validation.caCertificateRefs[" + i + "]",
                        "InvalidCACertificateRef",
                        String.valueOf(state.trouble()));
            }
            found.addAll(state.certificates());
        }
        var pem = String.join("", found);
        if (pem.length() > MAX_AUTHORITIES) {
            return Resolved.not(
                    "spec.tls.validation.caCertificateRefs",
                    "InvalidCACertificateRef",
                    "lead to " + pem.length() + " bytes of certificates in PEM, expected at most " + MAX_AUTHORITIES
                            + " in all, each counted once");
        }
        return Resolved.to(new UpstreamTls(validation.hostname(), trust(validation, pem), identity, tls.minVersion()));
    }

    /** What is wrong with a client certificate that is shown on nevertheless. */
    @Nullable
    Problem problemOfCertificate(BackendPolicyDeclaration policy) {
        var tls = policy.tls();
        if (tls == null || tls.clientCertificate() == null) {
            return null;
        }
        var state = certificates.get(tls.clientCertificate());
        return state.served() == null ? null : state.problem();
    }

    private static UpstreamTls.Trust trust(Validation validation, String authorities) {
        return authorities.isEmpty()
                ? new UpstreamTls.SystemAuthorities(validation.names())
                : new UpstreamTls.Authorities(authorities, validation.names());
    }

    /** A policy at one of its targets. */
    record At(BackendPolicyDeclaration policy, Target target) {}

    /** What a policy can say. */
    enum Block {
        PROTOCOL("protocol") {
            @Override
            boolean isIn(BackendPolicyDeclaration policy) {
                return policy.protocol() != null;
            }
        },
        TLS("tls") {
            @Override
            boolean isIn(BackendPolicyDeclaration policy) {
                return policy.tls() != null;
            }
        };

        private final String field;

        Block(String field) {
            this.field = field;
        }

        /** As users write it. */
        String field() {
            return field;
        }

        abstract boolean isIn(BackendPolicyDeclaration policy);
    }

    /**
     * What is spoken to a port.
     *
     * @param closed whether TLS is asked for that cannot be made: then nothing at all may be spoken
     */
    record Spoken(@Nullable HttpVersion protocol, @Nullable UpstreamTls tls, boolean closed, List<Origin> origins) {
        Spoken {
            origins = List.copyOf(origins);
        }
    }

    /** The TLS of a policy, or why there is none. */
    record Resolved(@Nullable UpstreamTls tls, @Nullable Trouble trouble) {
        static final Resolved NOTHING = new Resolved(null, null);

        static Resolved to(UpstreamTls tls) {
            return new Resolved(tls, null);
        }

        static Resolved not(String field, String reason, String message) {
            return new Resolved(null, new Trouble(field, reason, message));
        }
    }

    /** A reference that leads nowhere. */
    record Trouble(String field, String reason, String message) {}
}
