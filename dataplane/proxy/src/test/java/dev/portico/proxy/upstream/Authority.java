package dev.portico.proxy.upstream;

import dev.portico.routetable.UpstreamTls;
import dev.portico.routetable.UpstreamTls.Name;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that certifies whatever a test asks for. */
final class Authority {
    private static final X500Name SUBJECT = new X500Name("CN=authority of a test");
    private final KeyPair keys = keys();
    private final String certificate = certify(SUBJECT, keys, new Name[0]);

    /** PEM. */
    String certificate() {
        return certificate;
    }

    UpstreamTls.Identity issue(Name... names) {
        KeyPair own = keys();
        return new UpstreamTls.Identity(certify(new X500Name("CN=not a name"), own, names), pem(new Pkcs8(own)));
    }

    private String certify(X500Name subject, KeyPair own, Name[] names) {
        try {
            var now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                    SUBJECT,
                    new BigInteger(64, new SecureRandom()),
                    Date.from(now.minus(1, ChronoUnit.HOURS)),
                    Date.from(now.plus(1, ChronoUnit.DAYS)),
                    subject,
                    own.getPublic());
            if (names.length == 0) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            } else {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(
                                Arrays.stream(names).map(Authority::name).toArray(GeneralName[]::new)));
            }
            return pem(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GeneralName name(Name name) {
        return switch (name.kind()) {
            case DNS -> new GeneralName(GeneralName.dNSName, name.value());
            case URI -> new GeneralName(GeneralName.uniformResourceIdentifier, name.value());
        };
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Pkcs8(KeyPair keys) {}

    private static String pem(Object object) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(
                    object instanceof Pkcs8 key
                            ? new JcaPKCS8Generator(key.keys().getPrivate(), null)
                            : object);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
