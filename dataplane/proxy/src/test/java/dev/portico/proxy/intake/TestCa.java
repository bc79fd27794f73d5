package dev.portico.proxy.intake;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A CA for tests, as the operator runs one. */
public final class TestCa {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final KeyPair keys = keys();
    private final X509Certificate certificate = issue("CN=test ca", keys, null, null);

    /** A certificate and its key, as PEM. */
    public record Issued(String ca, String chain, String key) {
        /** Writes ca.crt, tls.crt, tls.key. */
        public void writeTo(Path directory) throws IOException {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("ca.crt"), ca);
            Files.writeString(directory.resolve("tls.key"), key);
            Files.writeString(directory.resolve("tls.crt"), chain);
        }
    }

    public Issued dataPlane(String id) {
        return issued("portico://data-plane/" + id, KeyPurposeId.id_kp_serverAuth);
    }

    public Issued operator() {
        return issued("portico://operator", KeyPurposeId.id_kp_clientAuth);
    }

    public Issued issued(String uri, KeyPurposeId purpose) {
        KeyPair pair = keys();
        X509Certificate leaf = issue("CN=leaf", pair, uri, purpose);
        return new Issued(pem(certificate), pem(leaf), pem(pair.getPrivate()));
    }

    private X509Certificate issue(String name, KeyPair pair, @Nullable String uri, @Nullable KeyPurposeId purpose) {
        try {
            var from = Instant.now().minus(Duration.ofHours(1));
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=test ca"),
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(from),
                    Date.from(from.plus(Duration.ofDays(1))),
                    new X500Name(name),
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(uri == null));
            if (uri != null && purpose != null) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(Object value) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(value instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
