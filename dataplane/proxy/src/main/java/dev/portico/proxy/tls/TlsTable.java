package dev.portico.proxy.tls;

import dev.portico.routetable.Certificate;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.Tls;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The certificates of a table on all its listeners. Immutable; used by all event loops. */
public final class TlsTable {
    private final Engine engine;
    private final Map<String, HttpListener> listeners;
    private final Map<String, CheckedCertificate> certificates;
    private final Map<String, ListenerTls> byListener;

    private TlsTable(
            Engine engine,
            Map<String, HttpListener> listeners,
            Map<String, CheckedCertificate> certificates,
            Map<String, ListenerTls> byListener) {
        this.engine = engine;
        this.listeners = listeners;
        this.certificates = certificates;
        this.byListener = byListener;
    }

    /** Before the first table. */
    public static TlsTable none(Engine engine) {
        return new TlsTable(engine, Map.of(), Map.of(), Map.of());
    }

    /** Null where the table has no such listener, or one without TLS. */
    public @Nullable ListenerTls listener(String id) {
        return byListener.get(id);
    }

    /** What TLS refused, by the certificate's id, and why. */
    public Map<String, String> problems() {
        var problems = new TreeMap<String, String>();
        byListener.values().forEach(listener -> problems.putAll(listener.problems()));
        certificates.forEach((id, checked) -> {
            if (checked.problem() != null) {
                problems.put(id, checked.problem());
            }
        });
        return problems;
    }

    /** The same for the next table. Whatever did not change is kept, so a swap costs what it touches. */
    public TlsTable next(Collection<HttpListener> allListeners, Collection<Certificate> allCertificates) {
        var nextListeners = new HashMap<String, HttpListener>();
        allListeners.forEach(listener -> nextListeners.put(listener.id(), listener));
        var nextCertificates = new TreeMap<String, CheckedCertificate>();
        allCertificates.forEach(certificate -> nextCertificates.put(certificate.id(), check(certificate)));
        if (nextListeners.equals(listeners) && nextCertificates.equals(certificates)) {
            return this;
        }
        var next = new HashMap<String, ListenerTls>();
        for (HttpListener listener : nextListeners.values()) {
            Tls tls = listener.tls();
            if (tls != null) {
                next.put(listener.id(), listenerTls(listener, tls, nextCertificates.values()));
            }
        }
        return new TlsTable(engine, nextListeners, nextCertificates, next);
    }

    private CheckedCertificate check(Certificate certificate) {
        CheckedCertificate before = certificates.get(certificate.id());
        if (before != null && before.certificate().equals(certificate)) {
            return before;
        }
        return CheckedCertificate.check(certificate);
    }

    private ListenerTls listenerTls(HttpListener listener, Tls tls, Collection<CheckedCertificate> checked) {
        List<Certificate> usable = checked.stream()
                .filter(one -> one.problem() == null)
                .map(CheckedCertificate::certificate)
                .filter(certificate -> certificate.listeners().contains(listener.id()))
                .toList();
        ListenerTls before = byListener.get(listener.id());
        return before == null
                ? ListenerTls.of(engine, listener, tls, usable)
                : before.next(engine, listener, tls, usable);
    }
}
