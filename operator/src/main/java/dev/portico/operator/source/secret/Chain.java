package dev.portico.operator.source.secret;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/** Puts certificates into the order in which TLS sends them. */
final class Chain {
    private Chain() {}

    /** The key's certificate, then each one's issuer, as far as they are there; what belongs to none is left out. */
    static List<X509CertificateHolder> order(List<X509CertificateHolder> certificates, PrivateKey key)
            throws UnreadableSecretException {
        var rest = new ArrayList<>(certificates);
        var leaf = rest.stream()
                .filter(certificate -> key.opens(certificate.getSubjectPublicKeyInfo()))
                .findFirst()
                .orElseThrow(() -> new UnreadableSecretException(
                        "data[tls.key]", "belongs to no certificate in tls.crt, expected the key of the first"));
        rest.remove(leaf);
        var chain = new ArrayList<>(List.of(leaf));
        while (!rest.isEmpty()) {
            var last = chain.getLast();
            var issuer = rest.stream()
                    .filter(candidate -> candidate.getSubject().equals(last.getIssuer()))
                    .findFirst();
            if (issuer.isEmpty()) {
                break;
            }
            chain.add(issuer.get());
            rest.remove(issuer.get());
        }
        return chain;
    }
}
