package dev.portico.operator.source.secret;

import dev.portico.operator.model.CertificateDeclaration;
import dev.portico.operator.model.Hostnames;
import dev.portico.operator.model.TlsSecret;
import dev.portico.routetable.HostPattern;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;

/** Reads the certificate and key of a TLS Secret. */
public final class CertificateReader {
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";

    private CertificateReader() {}

    /** What is remembered once {@code now} has taken the place of {@code before}. */
    public static TlsSecret remember(@Nullable TlsSecret before, Secret now) {
        try {
            read(now);
            return new TlsSecret(now, now);
        } catch (UnreadableSecretException e) {
            return new TlsSecret(now, before == null ? null : before.lastReadable());
        }
    }

    /**
     * The certificate, its chain and its key.
     *
     * @throws UnreadableSecretException names the field that cannot be used and says why, without any content
     */
    public static CertificateDeclaration read(Secret secret) throws UnreadableSecretException {
        var certificates = Pem.certificates(text(secret, CERTIFICATE), field(CERTIFICATE));
        var key = PrivateKey.read(text(secret, KEY), field(KEY));
        var chain = Chain.order(certificates, key);
        var leaf = chain.getFirst();
        return new CertificateDeclaration(
                parse(field(CERTIFICATE), "X.509 certificates", () -> Pem.write(chain)),
                key.pem(),
                parse(field(CERTIFICATE), "a certificate with readable alternative names", () -> names(leaf)),
                parse(
                        field(CERTIFICATE),
                        "a certificate with a readable end",
                        () -> leaf.getNotAfter().toInstant()));
    }

    private static String text(Secret secret, String name) throws UnreadableSecretException {
        var plain =
                secret.getStringData() == null ? null : secret.getStringData().get(name);
        if (plain != null) {
            return plain;
        }
        var data = secret.getData() == null ? Map.<String, String>of() : secret.getData();
        var encoded = data.get(name);
        if (encoded == null || encoded.isEmpty()) {
            throw new UnreadableSecretException(field(name), "is absent, expected PEM");
        }
        try {
            return new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw new UnreadableSecretException(field(name), "is no base64, expected PEM in base64");
        }
    }

    private static String field(String name) {
        return "data[" + name + "]";
    }

    /** The DNS names in the certificate; its common name counts for nothing (RFC 9525 §2). */
    private static List<HostPattern> names(X509CertificateHolder leaf) {
        var names = new ArrayList<HostPattern>();
        var alternatives = GeneralNames.fromExtensions(leaf.getExtensions(), Extension.subjectAlternativeName);
        for (GeneralName name : alternatives == null ? new GeneralName[0] : alternatives.getNames()) {
            var host = name.getTagNo() != GeneralName.dNSName
                    ? null
                    : Hostnames.parse(name.getName().toString(), HostPattern.Kind.ONE_LABEL);
            if (host != null) {
                names.add(host);
            }
        }
        return names;
    }

    /** What a reader of PEM throws. */
    interface Parse<T> {
        T get() throws IOException;
    }

    /** What Bouncy Castle throws at bytes that it cannot make sense of is whatever happens there. */
    static <T> T parse(String field, String expected, Parse<T> parse) throws UnreadableSecretException {
        try {
            return parse.get();
        } catch (IOException | RuntimeException e) {
            throw new UnreadableSecretException(field, "cannot be read, expected " + expected);
        }
    }
}
