package dev.portico.operator.source.secret;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;

/** Reads the certificates of authorities of a ConfigMap. */
public final class AuthoritiesReader {
    private static final String KEY = "ca.crt";

    private AuthoritiesReader() {}

    /**
     * The certificates, each as PEM, in their order and without repetitions.
     *
     * @throws UnreadableSecretException names the field that cannot be used and says why
     */
    public static Set<String> read(ConfigMap map) throws UnreadableSecretException {
        var field = "data[" + KEY + "]";
        var text = map.getData() == null ? null : map.getData().get(KEY);
        if (text == null || text.isBlank()) {
            throw new UnreadableSecretException(field, "is absent, expected certificates in PEM");
        }
        var certificates = Pem.certificates(text, field);
        return CertificateReader.parse(field, "X.509 certificates", () -> {
            var distinct = new LinkedHashSet<String>();
            for (X509CertificateHolder certificate : certificates) {
                distinct.add(Pem.write(List.of(certificate)));
            }
            return distinct;
        });
    }
}
