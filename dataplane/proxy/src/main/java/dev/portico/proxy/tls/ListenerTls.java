package dev.portico.proxy.tls;

import dev.portico.proxy.match.Hosts;
import dev.portico.routetable.Certificate;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Tls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The certificates of one listener by the names they answer. Immutable. */
public final class ListenerTls {
    private final List<HttpVersion> versions;
    private final Map<String, ServedCertificate> byId;
    private final Hosts<ServedCertificate> byName;

    private ListenerTls(List<HttpVersion> versions, Map<String, ServedCertificate> byId) {
        this.versions = versions;
        this.byId = byId;
        this.byName = byName(byId);
    }

    static ListenerTls of(Engine engine, HttpListener listener, Tls tls, List<Certificate> certificates) {
        return new ListenerTls(listener.versions(), Map.of()).next(engine, listener, tls, certificates);
    }

    /** The same listener in the next table; what did not change keeps its context. */
    ListenerTls next(Engine engine, HttpListener listener, Tls tls, List<Certificate> certificates) {
        var next = new TreeMap<String, ServedCertificate>();
        for (Certificate certificate : certificates) {
            ServedCertificate before = byId.get(certificate.id());
            next.put(
                    certificate.id(),
                    before != null && before.serves(certificate, listener, tls)
                            ? before
                            : new ServedCertificate(engine, certificate, listener, tls));
        }
        return new ListenerTls(listener.versions(), next);
    }

    /**
     * Whether a connection opened for a server name may carry requests for a host: when the same certificate answers
     * both. Otherwise the request is misdirected (421), and the client opens another connection.
     */
    public boolean covers(@Nullable String serverName, String host) {
        if (host.equals(serverName)) {
            return true;
        }
        ServedCertificate presented = byName.find(serverName);
        ServedCertificate asked = byName.find(host);
        return presented != null && asked != null && presented.id().equals(asked.id());
    }

    /** What TLS refused so far, by the certificate's id. */
    Map<String, String> problems() {
        var problems = new HashMap<String, String>();
        byId.forEach((id, certificate) -> {
            String problem = certificate.problem();
            if (problem != null) {
                problems.put(id, problem);
            }
        });
        return problems;
    }

    boolean speaks(HttpVersion version) {
        return versions.contains(version);
    }

    /** Null: nothing answers this name, the handshake is to be refused. */
    @Nullable
    ServerContext context(@Nullable String serverName) {
        ServedCertificate certificate = byName.find(serverName);
        return certificate == null ? null : certificate.context();
    }

    /** Of several certificates for one name the first by id answers, so that the order of arrival means nothing. */
    private static Hosts<ServedCertificate> byName(Map<String, ServedCertificate> byId) {
        var names = new HashMap<HostPattern, @Nullable ServedCertificate>();
        for (ServedCertificate certificate : byId.values()) {
            certificate.names().forEach(name -> names.putIfAbsent(name, certificate));
        }
        return Hosts.<ServedCertificate>none().with(names);
    }
}
