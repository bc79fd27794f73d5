package dev.portico.operator.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
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

/** Portico's own certificate authority: ECDSA P-256, known to nobody but the operator and its data planes. */
public final class Authority {
    /** The name in the operator's client certificate. */
    public static final String OPERATOR = "portico://operator";

    private static final X500Principal NAME = new X500Principal("CN=portico");
    private static final Duration OWN_LIFE = Duration.ofDays(3650);
    private static final Duration LIFE = Duration.ofDays(30);
    // Clocks of nodes differ: what is issued now must hold where it is still a little earlier.
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final X509Certificate certificate;
    private final PrivateKey key;

    private Authority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** The name in the server certificates of a data plane. */
    public static String nameOf(String dataPlane) {
        return "portico://data-plane/" + dataPlane;
    }

    public static Authority create(Instant now) {
        try {
            var pair = newKey();
            var builder = new JcaX509v3CertificateBuilder(
                    NAME, serial(), Date.from(now.minus(SKEW)), Date.from(now.plus(OWN_LIFE)), NAME, pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new Authority(sign(builder, pair.getPrivate()), pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("this JVM cannot make an ECDSA P-256 certificate", e);
        }
    }

    /** An authority that was kept as PEM; refuses what is no authority, or whose key belongs to another. */
    public static Authority read(String certificate, String key) throws GeneralSecurityException {
        var authority = new Authority(Pem.certificate(certificate), Pem.key(key));
        if (authority.certificate.getBasicConstraints() < 0) {
            throw new GeneralSecurityException("the certificate is none of an authority");
        }
        var signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(authority.key);
        signer.update((byte) 1);
        var signature = signer.sign();
        signer.initVerify(authority.certificate.getPublicKey());
        signer.update((byte) 1);
        if (!signer.verify(signature)) {
            throw new GeneralSecurityException("the key does not belong to the authority's certificate");
        }
        return authority;
    }

    public String certificate() {
        return Pem.of(certificate);
    }

    public String key() {
        return Pem.of(key);
    }

    /** What pods of the data plane show to the operator: good for servers only. */
    public Identity dataPlane(String dataPlane, Instant now) {
        return issue(nameOf(dataPlane), KeyPurposeId.id_kp_serverAuth, now);
    }

    /** What the operator shows to pods: good for clients only. */
    public Identity operator(Instant now) {
        return issue(OPERATOR, KeyPurposeId.id_kp_clientAuth, now);
    }

    private Identity issue(String name, KeyPurposeId purpose, Instant now) {
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
            return new Identity(certificate(), Pem.of(leaf), Pem.of(pair.getPrivate()), now, end);
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

    /** The URI names of a certificate. */
    public static List<String> namesOf(X509Certificate certificate) throws GeneralSecurityException {
        var names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            return List.of();
        }
        return names.stream()
                .filter(name ->
                        Integer.valueOf(GeneralName.uniformResourceIdentifier).equals(name.get(0)))
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    }
}
