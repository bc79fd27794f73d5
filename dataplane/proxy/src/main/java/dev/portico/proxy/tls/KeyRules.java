package dev.portico.proxy.tls;

import io.netty.handler.ssl.OpenSsl;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that can serve: RSA of 2048 to 8192 bits, ECDSA on the three NIST curves that browsers know, Ed25519. */
final class KeyRules {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");
    private static final Set<EllipticCurve> CURVES = Set.of(curve("secp256r1"), curve("secp384r1"), curve("secp521r1"));
    /** Of the public exponent; BoringSSL takes no more. */
    private static final int EXPONENT_BITS = 33;

    private static final byte[] PROBE = {1};
    /** Its place in a key usage. */
    private static final int DIGITAL_SIGNATURE = 0;

    private KeyRules() {}

    private static EllipticCurve curve(String name) {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            return parameters.getParameterSpec(ECParameterSpec.class).getCurve();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM does not know the curve " + name, e);
        }
    }

    static PrivateKey read(String pem) throws UnusableException {
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END, Math.max(begin, 0));
        if (begin < 0 || end < 0) {
            throw new UnusableException("the key is no PEM of PKCS #8, expected '" + BEGIN + "'");
        }
        PKCS8EncodedKeySpec spec;
        try {
            spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end)));
        } catch (IllegalArgumentException e) {
            throw new UnusableException("the key is no base64");
        }
        for (String algorithm : ALGORITHMS) {
            PrivateKey key = read(algorithm, spec);
            if (key != null) {
                return key;
            }
        }
        throw new UnusableException("the key is none of " + ALGORITHMS + " or is damaged");
    }

    private static @Nullable PrivateKey read(String algorithm, PKCS8EncodedKeySpec spec) throws UnusableException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (InvalidKeySpecException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new UnusableException("this JVM reads no " + algorithm + " keys");
        }
    }

    static void check(PublicKey certified, PrivateKey key) throws UnusableException {
        switch (certified) {
            case RSAPublicKey rsa -> {
                int bits = rsa.getModulus().bitLength();
                if (bits < 2048 || bits > 8192) {
                    throw new UnusableException("the RSA key has " + bits + " bits, expected 2048 to 8192");
                }
                if (rsa.getPublicExponent().bitLength() > EXPONENT_BITS) {
                    throw new UnusableException("the RSA key's exponent has "
                            + rsa.getPublicExponent().bitLength() + " bits, expected at most " + EXPONENT_BITS);
                }
                belongs(key instanceof RSAPrivateCrtKey mine
                        && mine.getModulus().equals(rsa.getModulus())
                        && mine.getPublicExponent().equals(rsa.getPublicExponent()));
            }
            case ECPublicKey ec -> {
                EllipticCurve curve = ec.getParams().getCurve();
                if (!CURVES.contains(curve)) {
                    throw new UnusableException("the EC key is on another curve of "
                            + curve.getField().getFieldSize() + " bits, expected P-256, P-384 or P-521");
                }
                belongs(names(ec, key) || signs("SHA256withECDSA", certified, key));
            }
            default -> belongs(signs("Ed25519", certified, key));
        }
    }

    /**
     * Whether the certificate allows its key to sign a handshake (RFC 5280 §4.2.1.3). BoringSSL refuses an EC certificate
     * that does not.
     */
    static void checkUsage(X509Certificate leaf) throws UnusableException {
        boolean[] usage = leaf.getKeyUsage();
        if (leaf.getPublicKey() instanceof ECPublicKey && usage != null && !usage[DIGITAL_SIGNATURE]) {
            throw new UnusableException(
                    "the certificate's key usage lacks digitalSignature, which TLS needs of EC keys");
        }
    }

    private static void belongs(boolean yes) throws UnusableException {
        if (!yes) {
            throw new UnusableException("the key does not belong to the certificate");
        }
    }

    /**
     * Whether the key says of itself that the certified one is its public half, which OpenSSL and Go write at its end (RFC
     * 5915 §3). To sign with the JDK's curves takes a cold JVM a fifth of its start. BoringSSL compares both halves when it
     * is to serve, and what it refuses is named then; the JDK never would, so that there keys have to sign. Of a table by
     * the operator no key is refused so late: it computes the public half of each.
     */
    private static boolean names(ECPublicKey certified, PrivateKey key) {
        EllipticCurve curve = certified.getParams().getCurve();
        if (!OpenSsl.isAvailable()
                || !(key instanceof ECPrivateKey mine)
                || !mine.getParams().getCurve().equals(curve)) {
            return false;
        }
        int point = 1 + 2 * ((curve.getField().getFieldSize() + 7) / 8);
        byte[] encoded = certified.getEncoded();
        byte[] own = mine.getEncoded();
        return own.length > point
                && Arrays.equals(own, own.length - point, own.length, encoded, encoded.length - point, encoded.length);
    }

    private static boolean signs(String algorithm, PublicKey certified, PrivateKey key) {
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
