package dev.portico.proxy.tls;

import dev.portico.routetable.Certificate;
import dev.portico.routetable.HostPattern;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A self-signed certificate, named by its subject, as PEM. */
public record Issued(String chain, String key) {
    /** By a key of RSA-2048, EC P-256 or Ed25519. */
    public static Issued by(String algorithm, String name) {
        return by(keys(algorithm, algorithm.equals("RSA") ? 2048 : 256), name);
    }

    static Issued by(KeyPair keys, String name) {
        return by(keys, name, null, new JcaContentSignerBuilder(signature(keys)));
    }

    static Issued by(KeyPair keys, String name, @Nullable KeyUsage usage, JcaContentSignerBuilder signer) {
        try {
            var subject = new X500Name("CN=" + name);
            var now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                    subject,
                    BigInteger.valueOf(now.toEpochMilli()),
                    Date.from(now.minus(1, ChronoUnit.HOURS)),
                    Date.from(now.plus(1, ChronoUnit.DAYS)),
                    subject,
                    keys.getPublic());
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
            if (usage != null) {
                builder.addExtension(Extension.keyUsage, true, usage);
            }
            return new Issued(
                    pem(builder.build(signer.build(keys.getPrivate()))),
                    pem(new JcaPKCS8Generator(keys.getPrivate(), null)));
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair keys(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            if (!algorithm.equals("Ed25519")) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For names on the listener {@code https}. */
    public Certificate certificate(String id, HostPattern... names) {
        return new Certificate(id, List.of("https"), List.of(names), chain, key);
    }

    private static String signature(KeyPair keys) {
        return switch (keys.getPublic().getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
    }

    private static String pem(Object object) throws java.io.IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
