package dev.portico.operator.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** One key with which an authority signs: ECDSA P-256. */
record Signer(X509Certificate certificate, PrivateKey key) {
    private static final Duration OWN_LIFE = Duration.ofDays(365);
    private static final Duration LIFE = Duration.ofDays(30);
    // Clocks of nodes differ: what is issued now must hold where it is still a little earlier.
    private static final Duration SKEW = Duration.ofMinutes(10);

    static Signer create(Instant now) {
        try {
            var pair = newKey();
            var serial = serial();
            // Of its own for each: by the name of the issuer the operator chooses what it shows to a pod.
            var name = new X500Principal("CN=portico " + serial.toString(16));
            var builder = new JcaX509v3CertificateBuilder(
                    name, serial, Date.from(now.minus(SKEW)), Date.from(now.plus(OWN_LIFE)), name, pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new Signer(sign(builder, pair.getPrivate()), pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("this JVM cannot make an ECDSA P-256 certificate", e);
        }
    }

    /** One that was kept as PEM; refuses what is no authority, or whose key belongs to another. */
    static Signer read(String certificate, String key) throws GeneralSecurityException {
        var signer = new Signer(Pem.certificate(certificate), Pem.key(key));
        if (signer.certificate.getBasicConstraints() < 0) {
            throw new GeneralSecurityException("the certificate is none of an authority");
        }
        if (!Pem.belongs(signer.key, signer.certificate)) {
            throw new GeneralSecurityException("the key does not belong to the authority's certificate");
        }
        return signer;
    }

    Instant end() {
        return certificate.getNotAfter().toInstant();
    }

    /** Two thirds of its life are over: its successor is to be known everywhere before the rest is. */
    boolean renewable(Instant now) {
        return now.isAfter(end().minus(OWN_LIFE.dividedBy(3)));
    }

    boolean issued(X509Certificate leaf) {
        try {
            leaf.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** @param authorities who is trusted by whoever shows what is issued, as PEM */
    Identity issue(String name, KeyPurposeId purpose, String authorities, Instant now) {
        try {
            var pair = newKey();
            var end = now.plus(LIFE);
            // The subject stays empty, so the name is critical (RFC 5280 §4.2.1.6).
            var builder = new JcaX509v3CertificateBuilder(
                    certificate,
                    serial(),
                    Date.from(now.minus(SKEW)),
                    Date.from(end),
                    new X500Principal(""),
                    pair.getPublic());
            var names = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, name));
            builder.addExtension(Extension.subjectAlternativeName, true, names);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
            var leaf = sign(builder, key);
            return new Identity(authorities, Pem.of(leaf), Pem.of(pair.getPrivate()), now, end);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("this JVM cannot make an ECDSA P-256 certificate", e);
        }
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static BigInteger serial() {
        return new BigInteger(127, new SecureRandom()).setBit(126);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Signer[" + certificate.getSubjectX500Principal() + "]";
    }
}
