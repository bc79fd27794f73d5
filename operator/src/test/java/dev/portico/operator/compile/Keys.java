package dev.portico.operator.compile;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

/** A key and its certificate, made for a test. */
public record Keys(KeyPair pair, X509Certificate certificate) {
    public static Keys of(String algorithm, String... names) {
        return of(algorithm, null, Worlds.NOW.plus(Duration.ofDays(30)), names);
    }

    static Keys of(String algorithm, @Nullable Keys issuer, Instant notAfter, String... names) {
        try {
            var pair = pair(algorithm);
            var subject = new X500Principal("CN=" + (names.length == 0 ? "ca" : "leaf"));
            var signed = new JcaX509v3CertificateBuilder(
                    issuer == null ? subject : issuer.certificate().getSubjectX500Principal(),
                    BigInteger.valueOf(pair.hashCode() & 0xffff),
                    Date.from(Worlds.NOW.minus(Duration.ofDays(365))),
                    Date.from(notAfter),
                    subject,
                    pair.getPublic());
            if (names.length > 0) {
                signed.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(List.of(names).stream()
                                .map(name -> new GeneralName(GeneralName.dNSName, name))
                                .toArray(GeneralName[]::new)));
            }
            var signer = issuer == null ? pair.getPrivate() : issuer.pair().getPrivate();
            return new Keys(
                    pair,
                    new JcaX509CertificateConverter()
                            .getCertificate(
                                    signed.build(new JcaContentSignerBuilder(signature(signer)).build(signer))));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key of a kind, as in {@code RSA 512} or {@code EC secp256k1}. */
    static KeyPair pair(String kind) {
        try {
            var words = kind.split(" ", 2);
            var generator = KeyPairGenerator.getInstance(words[0], new BouncyCastleProvider());
            switch (words[0]) {
                case "RSA" -> generator.initialize(words.length == 1 ? 2048 : Integer.parseInt(words[1]));
                case "EC" -> generator.initialize(new ECGenParameterSpec(words.length == 1 ? "secp256r1" : words[1]));
                default -> {}
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key as PKCS #1 or SEC 1, where it has such a form. */
    String oldKey() {
        if (!(pair.getPrivate() instanceof ECPrivateKey ec)) {
            return pem(pair.getPrivate());
        }
        try {
            var old = new org.bouncycastle.asn1.sec.ECPrivateKey(256, ec.getS(), SECObjectIdentifiers.secp256r1);
            return pem(new PemObject("EC PRIVATE KEY", old.getEncoded()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String key() {
        return pem(pair);
    }

    /** The key of a pair as PKCS #8. */
    static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    String pem() {
        return pem(certificate);
    }

    /** A Secret of namespace shop. */
    public String secret(String name) {
        return secret(name, pem(), key());
    }

    static String secret(String name, String chain, String key) {
        return """
               apiVersion: v1
               kind: Secret
               metadata: {name: %s, namespace: shop}
               type: kubernetes.io/tls
               stringData:
                 tls.crt: |
               %s
                 tls.key: |
               %s
               """.formatted(
                        name, chain.indent(4).stripTrailing(), key.indent(4).stripTrailing());
    }

    private static String signature(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
    }

    private static String pem(Object object) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
