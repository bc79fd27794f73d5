package dev.portico.operator.watch;

import dev.portico.operator.identity.Authority;
import dev.portico.operator.identity.AuthorityStore;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The Secret in which the authority is kept: whoever comes first makes it, or renews it in time; all others read it. One
 * that is deleted is made anew; one that is broken is nobody's to replace.
 */
public final class AuthoritySecret implements AuthorityStore {
    private static final String NAME = "portico-authority";
    // Not kubernetes.io/tls: it is no certificate for users, and is not read with those.
    private static final String TYPE = "portico.dev/authority";
    private static final String CERTIFICATE = "ca.crt";
    private static final String KEY = "ca.key";
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final String namespace;

    public AuthoritySecret(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public Authority readOrCreate(Instant now) throws IOException {
        try {
            var found = secrets().withName(NAME).get();
            return found == null ? made(Authority.create(now)) : renewed(found, now);
        } catch (KubernetesClientException | GeneralSecurityException e) {
            throw new IOException("no authority: " + e.getMessage(), e);
        }
    }

    private Authority made(Authority fresh) throws GeneralSecurityException {
        return kept(fresh, secret(fresh), Resource::create);
    }

    private Authority renewed(Secret found, Instant now) throws GeneralSecurityException {
        var current = read(found);
        var next = current.renewed(now);
        if (next.isEmpty()) {
            return current;
        }
        var secret = secret(next.get());
        secret.getMetadata().setResourceVersion(found.getMetadata().getResourceVersion());
        return kept(next.get(), secret, Resource::update);
    }

    /** What is written, or what another was faster to write. */
    private Authority kept(Authority ours, Secret secret, Consumer<Resource<Secret>> write)
            throws GeneralSecurityException {
        try {
            write.accept(secrets().resource(secret));
            return ours;
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                throw e;
            }
            return read(secrets().withName(NAME).require());
        }
    }

    private NonNamespaceOperation<Secret, SecretList, Resource<Secret>> secrets() {
        return client.secrets().inNamespace(namespace);
    }

    private Secret secret(Authority authority) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(NAME)
                .endMetadata()
                .withType(TYPE)
                .withData(Map.of(CERTIFICATE, base64(authority.certificates()), KEY, base64(authority.keys())))
                .build();
    }

    private static Authority read(Secret secret) throws GeneralSecurityException {
        return Authority.read(text(secret, CERTIFICATE), text(secret, KEY));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(Secret secret, String key) throws GeneralSecurityException {
        var value = secret.getData() == null ? null : secret.getData().get(key);
        if (value == null) {
            throw new GeneralSecurityException("Secret " + NAME + " has no " + key);
        }
        try {
            return new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("Secret " + NAME + " has no base64 in " + key, e);
        }
    }
}
