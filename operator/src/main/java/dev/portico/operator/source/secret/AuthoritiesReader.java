package dev.portico.operator.source.secret;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;

/** Reads the certificates of authorities of a ConfigMap. */
public final class AuthoritiesReader {
    private static final String KEY = "ca.crt";

    private AuthoritiesReader() {}

    /** The same ConfigMap without what nobody here reads. */
    public static ConfigMap keep(ConfigMap map) {
        var metadata = map.getMetadata();
        var kept = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .endMetadata();
        var text = text(map);
        return text == null ? kept.build() : kept.addToData(KEY, text).build();
    }

    /**
     * The certificates, each as PEM, in their order and without repetitions.
     *
     * @throws UnreadableSecretException names the field that cannot be used and says why
     */
    public static Set<String> read(ConfigMap map) throws UnreadableSecretException {
        var field = "data[" + KEY + "]";
        var text = text(map);
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

    private static @Nullable String text(ConfigMap map) {
        return map.getData() == null ? null : map.getData().get(KEY);
    }
}
