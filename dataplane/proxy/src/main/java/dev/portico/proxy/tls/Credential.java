package dev.portico.proxy.tls;

import dev.portico.routetable.Certificate;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** A certificate chain and its key, parsed and found to belong together. */
record Credential(PrivateKey key, List<X509Certificate> chain) {
    private static final int MOST_PEM = 1 << 20;

    Credential {
        chain = List.copyOf(chain);
    }

    static Credential of(Certificate certificate) throws UnusableException {
        Credential credential = of(certificate.chain(), certificate.privateKey());
        KeyRules.checkUsage(credential.chain().getFirst());
        return credential;
    }

    static Credential of(String chainPem, String keyPem) throws UnusableException {
        List<X509Certificate> chain = chain(chainPem);
        PrivateKey key = KeyRules.read(keyPem);
        KeyRules.check(chain.getFirst().getPublicKey(), key);
        return new Credential(key, chain);
    }

    private static List<X509Certificate> chain(String pem) throws UnusableException {
        if (pem.length() > MOST_PEM) {
            throw new UnusableException("the chain has " + pem.length() + " bytes, expected at most " + MOST_PEM);
        }
        try {
            var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1));
            List<X509Certificate> chain = CertificateFactory.getInstance("X.509").generateCertificates(bytes).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty()) {
                throw new UnusableException("the chain has no certificate, expected PEM, leaf first");
            }
            return chain;
        } catch (GeneralSecurityException e) {
            throw new UnusableException("the chain cannot be read: " + e.getMessage());
        }
    }
}
