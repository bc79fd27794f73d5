package dev.portico.operator.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The two kinds of PEM block used between operator and data plane. */
final class Pem {
    private static final String KEY = "PRIVATE KEY";
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN [^-]+-----[^-]*-----END [^-]+-----\\n?");

    private Pem() {}

    static String of(X509Certificate certificate) {
        try {
            return block("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate of our own cannot be encoded", e);
        }
    }

    static String of(PrivateKey key) {
        return block(KEY, key.getEncoded());
    }

    static X509Certificate certificate(String pem) throws GeneralSecurityException {
        var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
    }

    static PrivateKey key(String pem) throws GeneralSecurityException {
        var begin = pem.indexOf("-----BEGIN " + KEY + "-----");
        var end = pem.indexOf("-----END " + KEY + "-----");
        if (begin < 0 || end < begin) {
            throw new GeneralSecurityException("expected one PKCS #8 block " + KEY);
        }
        try {
            var body = pem.substring(pem.indexOf('\n', begin), end);
            var der = Base64.getMimeDecoder().decode(body);
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw new GeneralSecurityException("expected base64 in block " + KEY, e);
        }
    }

    /** Each block of a text that may hold several. */
    static List<String> blocks(String pem) {
        return BLOCK.matcher(pem).results().map(MatchResult::group).toList();
    }

    static boolean belongs(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        var signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(key);
        signer.update((byte) 1);
        var signature = signer.sign();
        signer.initVerify(certificate.getPublicKey());
        signer.update((byte) 1);
        return signer.verify(signature);
    }

    private static String block(String type, byte[] der) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }
}
