package dev.portico.proxy.tls;

import dev.portico.routetable.Certificate;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.Tls;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate as one listener serves it. The context is made at the first handshake that needs it: of 10,000
 * certificates most are asked for rarely, and a context takes memory outside the heap.
 */
final class ServedCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(ServedCertificate.class);

    private final Engine engine;
    private final Certificate certificate;
    private final HttpListener listener;
    private final Tls tls;
    private volatile @Nullable ServerContext context;
    private volatile @Nullable String problem;

    ServedCertificate(Engine engine, Certificate certificate, HttpListener listener, Tls tls) {
        this.engine = engine;
        this.certificate = certificate;
        this.listener = listener;
        this.tls = tls;
    }

    String id() {
        return certificate.id();
    }

    List<HostPattern> names() {
        return certificate.names();
    }

    /** Whether it would be made anew in just the same way. */
    boolean serves(Certificate otherCertificate, HttpListener other, Tls otherTls) {
        return tls.equals(otherTls)
                && listener.versions().equals(other.versions())
                && certificate.equals(otherCertificate);
    }

    /** What TLS refused at last that all checks had let pass; null: nothing so far. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Null where TLS refused it. */
    @Nullable
    ServerContext context() {
        ServerContext made = context;
        return made == null ? make() : made;
    }

    private synchronized @Nullable ServerContext make() {
        if (context == null && problem == null) {
            try {
                context = engine.context(Credential.of(certificate), listener, tls);
            } catch (UnusableException e) {
                problem = e.getMessage();
                LOG.error("certificate {} cannot serve on {}: {}", certificate.id(), listener.id(), e.getMessage());
            }
        }
        return context;
    }
}
