package dev.portico.operator.source.secret;

import io.fabric8.kubernetes.api.model.ConfigMap;

/** Reads the certificates of authorities of a ConfigMap. */
public final class AuthoritiesReader {
    private static final String KEY = "ca.crt";

    private AuthoritiesReader() {}

    /**
     * The certificates, as PEM.
     *
     * @throws UnreadableSecretException names the field that cannot be used and says why
     */
    public static String read(ConfigMap map) throws UnreadableSecretException {
        var field = "data[" + KEY + "]";
        var text = map.getData() == null ? null : map.getData().get(KEY);
        if (text == null || text.isBlank()) {
            throw new UnreadableSecretException(field, "is absent, expected certificates in PEM");
        }
        var certificates = Pem.certificates(text, field);
        return CertificateReader.parse(field, "X.509 certificates", () -> Pem.write(certificates));
    }
}
