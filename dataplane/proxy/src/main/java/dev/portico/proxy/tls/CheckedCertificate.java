package dev.portico.proxy.tls;

import dev.portico.routetable.Certificate;
import org.jspecify.annotations.Nullable;

/** A certificate of a table, and what stands against serving it. What was parsed is not kept: the heap would feel it. */
record CheckedCertificate(Certificate certificate, @Nullable String problem) {
    static CheckedCertificate check(Certificate certificate) {
        try {
            Credential.of(certificate);
            return new CheckedCertificate(certificate, null);
        } catch (UnusableException e) {
            return new CheckedCertificate(certificate, e.getMessage());
        }
    }
}
