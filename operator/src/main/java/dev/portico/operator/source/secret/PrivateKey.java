package dev.portico.operator.source.secret;

import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** A private key of a kind that TLS serves, in whatever form PEM has it. */
record PrivateKey(String pem, AsymmetricKeyParameter key) {
    private static final String EXPECTED = "an unencrypted RSA, ECDSA or Ed25519 key in PEM";

    static PrivateKey read(String text, String field) throws UnreadableSecretException {
        var info = CertificateReader.parse(field, EXPECTED, () -> info(text));
        // Before the key is made, for making it takes long where it is huge.
        var refusal = CertificateReader.parse(field, EXPECTED, () -> Optional.ofNullable(ServedKeys.refusal(info)));
        if (refusal.isPresent()) {
            throw new UnreadableSecretException(field, refusal.get());
        }
        return CertificateReader.parse(
                field,
                EXPECTED,
                () -> new PrivateKey(Pem.write("PRIVATE KEY", info.getEncoded()), PrivateKeyFactory.createKey(info)));
    }

    private static PrivateKeyInfo info(String text) throws IOException {
        var parser = new PEMParser(new StringReader(text));
        for (var object = parser.readObject(); object != null; object = parser.readObject()) {
            if (object instanceof PrivateKeyInfo pkcs8) {
                return pkcs8;
            }
            if (object instanceof PEMKeyPair pair) {
                return pair.getPrivateKeyInfo();
            }
        }
        throw new IOException("no private key");
    }

    /** Whether this is the key of a certificate. */
    boolean opens(SubjectPublicKeyInfo certified) {
        try {
            return matches(PublicKeyFactory.createKey(certified));
        } catch (IOException | RuntimeException e) {
            // Nobody's key: certificates of a chain may have keys of any kind.
            return false;
        }
    }

    private boolean matches(AsymmetricKeyParameter open) {
        if (key instanceof RSAPrivateCrtKeyParameters rsa && open instanceof RSAKeyParameters other) {
            return rsa.getModulus().equals(other.getModulus())
                    && rsa.getPublicExponent().equals(other.getExponent());
        }
        if (key instanceof ECPrivateKeyParameters ec && open instanceof ECPublicKeyParameters other) {
            return ec.getParameters().equals(other.getParameters())
                    && ec.getParameters().getG().multiply(ec.getD()).normalize().equals(other.getQ());
        }
        return key instanceof Ed25519PrivateKeyParameters edwards
                && open instanceof Ed25519PublicKeyParameters other
                && java.util.Arrays.equals(edwards.generatePublicKey().getEncoded(), other.getEncoded());
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "PrivateKey";
    }
}
