package dev.portico.operator.source.backendpolicy;

import dev.portico.crds.backend.BackendPolicy;
import dev.portico.crds.backend.BackendPolicySpec;
import dev.portico.crds.backend.BackendTls;
import dev.portico.crds.backend.SubjectAltName;
import dev.portico.crds.backend.Validation;
import dev.portico.operator.model.Age;
import dev.portico.operator.model.BackendPolicyDeclaration;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.PolicyDeclaration;
import dev.portico.operator.model.Problems;
import dev.portico.operator.model.Unreadable;
import dev.portico.operator.source.Targets;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Tls;
import dev.portico.routetable.UpstreamTls.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a BackendPolicy. */
public final class BackendPolicyReader {
    private BackendPolicyReader() {}

    public static BackendPolicyDeclaration read(BackendPolicy object) {
        var ref = ObjectRef.of(object);
        var spec = object.getSpec();
        if (spec == null) {
            var problems = new Problems(ref);
            problems.add("spec", "Invalid", "is absent, expected targetRefs and protocol or tls");
            return new BackendPolicyDeclaration(
                    Origin.of(object), Age.of(object), List.of(), null, null, problems.found());
        }
        var targets = new ArrayList<PolicyDeclaration.Target>();
        for (var target : spec.targetRefs()) {
            targets.add(new PolicyDeclaration.Target(
                    ObjectRef.service(ref.namespace(), target.name()),
                    target.sectionName(),
                    "spec.targetRefs[" + targets.size() + "]"));
        }
        return new BackendPolicyDeclaration(
                Origin.of(object),
                Age.of(object),
                targets,
                protocol(spec.protocol()),
                spec.tls() == null ? null : tls(ref, spec.tls()),
                List.of());
    }

    /** An undecodable BackendPolicy: what it is aimed at, and whether it would have asked for TLS. */
    public static BackendPolicyDeclaration read(Unreadable object) {
        var wantsTls =
                object.raw().getAdditionalProperties().get("spec") instanceof Map<?, ?> spec && spec.containsKey("tls");
        return new BackendPolicyDeclaration(
                Origin.of(object.raw()),
                Age.of(object.raw()),
                Targets.of(object.raw()),
                null,
                wantsTls ? new BackendPolicyDeclaration.BackendTls(null, null, Tls.MinVersion.TLS_1_2) : null,
                object.problems());
    }

    private static @Nullable HttpVersion protocol(BackendPolicySpec.@Nullable Protocol protocol) {
        return protocol == null
                ? null
                : switch (protocol) {
                    case HTTP1 -> HttpVersion.HTTP1;
                    case HTTP2, GRPC -> HttpVersion.HTTP2;
                };
    }

    private static BackendPolicyDeclaration.BackendTls tls(ObjectRef policy, BackendTls tls) {
        var client = tls.clientCertificateRef();
        return new BackendPolicyDeclaration.BackendTls(
                tls.validation() == null ? null : validation(policy, tls.validation()),
                client == null ? null : ObjectRef.secret(policy.namespace(), client.name()),
                switch (tls.minVersion()) {
                    case TLS_1_2 -> Tls.MinVersion.TLS_1_2;
                    case TLS_1_3 -> Tls.MinVersion.TLS_1_3;
                });
    }

    private static BackendPolicyDeclaration.Validation validation(ObjectRef policy, Validation validation) {
        var names = validation.subjectAltNames();
        var authorities = validation.caCertificateRefs();
        return new BackendPolicyDeclaration.Validation(
                validation.hostname(),
                authorities == null
                        ? List.of()
                        : authorities.stream()
                                .map(authority -> ObjectRef.configMap(policy.namespace(), authority.name()))
                                .toList(),
                names.isEmpty()
                        ? List.of(new Name(Name.Kind.DNS, validation.hostname()))
                        : names.stream().map(BackendPolicyReader::name).toList());
    }

    /** The schema has seen to it that the member of the type is there. */
    private static Name name(SubjectAltName name) {
        return switch (name.type()) {
            case HOSTNAME -> new Name(Name.Kind.DNS, Objects.requireNonNull(name.hostname()));
            case URI -> new Name(Name.Kind.URI, Objects.requireNonNull(name.uri()));
        };
    }
}
