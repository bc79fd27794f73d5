package dev.portico.operator.watch;

import dev.portico.operator.identity.Authority;
import dev.portico.operator.identity.AuthorityStore;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** The Secret in which the authority is kept: whoever comes first makes it, all others read it. */
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
            return readOrMake(now);
        } catch (KubernetesClientException | GeneralSecurityException e) {
            throw new IOException("no authority: " + e.getMessage(), e);
        }
    }

    private Authority readOrMake(Instant now) throws GeneralSecurityException {
        var secrets = client.secrets().inNamespace(namespace);
        var found = secrets.withName(NAME).get();
        if (found != null) {
            return read(found);
        }
        var made = Authority.create(now);
        try {
            secrets.resource(secret(made)).create();
            return made;
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                throw e;
            }
            return read(secrets.withName(NAME).require());
        }
    }

    private static Secret secret(Authority authority) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withType(TYPE)
                .withData(Map.of(CERTIFICATE, base64(authority.certificate()), KEY, base64(authority.key())))
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
