package dev.portico.operator.compile;

import dev.portico.operator.model.CertificateDeclaration;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.ShardedMap;
import dev.portico.operator.model.TlsSecret;
import dev.portico.operator.source.secret.CertificateReader;
import dev.portico.operator.source.secret.UnreadableSecretException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The certificates that are asked for; each Secret is read once, and only if somebody names it. */
final class Certificates {
    private static final String INVALID = "InvalidCertificateRef";

    private final Map<ObjectRef, State> states = new HashMap<>();
    private ShardedMap<ObjectRef, TlsSecret> secrets = ShardedMap.empty();
    private Instant now = Instant.MIN;

    /** The Secrets of which something else is to be said now. */
    Set<ObjectRef> update(ClusterState world) {
        var changed = new HashSet<ObjectRef>();
        world.secrets().changesSince(secrets, (ref, _, _) -> {
            states.remove(ref);
            changed.add(ref);
        });
        secrets = world.secrets();
        var before = now;
        now = world.now();
        states.forEach((ref, state) -> {
            if (state.isExpired(before) != state.isExpired(now)) {
                changed.add(ref);
            }
        });
        changed.forEach(states::remove);
        return changed;
    }

    State get(ObjectRef ref) {
        return states.computeIfAbsent(ref, this::read);
    }

    private State read(ObjectRef ref) {
        var secret = secrets.get(ref);
        if (secret == null) {
            return new State(null, null, ref + " does not exist, expected a Secret of type kubernetes.io/tls");
        }
        try {
            var certificate = CertificateReader.read(secret.current());
            return new State(certificate, expiry(ref, certificate), null);
        } catch (UnreadableSecretException e) {
            var remembered = remembered(secret);
            var message = e.message()
                    + (remembered == null
                            ? "; nothing is served with it"
                            : "; the last readable version is served until it is mended or the operator restarts");
            return new State(remembered, new Problem(ref, e.field(), INVALID, message), null);
        }
    }

    private @Nullable Problem expiry(ObjectRef ref, CertificateDeclaration certificate) {
        return certificate.notAfter().isBefore(now)
                ? new Problem(
                        ref,
                        "data[tls.crt]",
                        INVALID,
                        "expired at " + certificate.notAfter()
                                + ", expected a certificate that is valid; it is served on")
                : null;
    }

    private static @Nullable CertificateDeclaration remembered(TlsSecret secret) {
        try {
            return secret.lastReadable() == null ? null : CertificateReader.read(secret.lastReadable());
        } catch (UnreadableSecretException e) {
            return null;
        }
    }

    /**
     * How it stands with a Secret.
     *
     * @param served what is served with it
     * @param problem what is wrong with it
     * @param missing given where there is no such Secret
     */
    record State(
            @Nullable CertificateDeclaration served,
            @Nullable Problem problem,
            @Nullable String missing) {
        private boolean isExpired(Instant at) {
            return served != null && served.notAfter().isBefore(at);
        }

        /** What a user is to be told who names the Secret. */
        @Nullable
        String trouble() {
            return problem == null ? missing : problem.object() + " " + problem.field() + " " + problem.message();
        }
    }
}
