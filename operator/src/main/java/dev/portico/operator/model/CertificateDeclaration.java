package dev.portico.operator.model;

import dev.portico.routetable.HostPattern;
import java.time.Instant;
import java.util.List;

/**
 * What a TLS Secret holds.
 *
 * @param chain PEM, leaf first
 * @param privateKey PEM, PKCS #8
 * @param names the DNS names it was issued for
 */
public record CertificateDeclaration(String chain, String privateKey, List<HostPattern> names, Instant notAfter) {
    public CertificateDeclaration {
        names = List.copyOf(names);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "CertificateDeclaration[names=" + names + ", notAfter=" + notAfter + "]";
    }
}
