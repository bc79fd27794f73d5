package dev.portico.proxy.runtime;

import dev.portico.proxy.match.Hosts;
import dev.portico.proxy.pipeline.Gate;
import dev.portico.proxy.pipeline.Router;
import dev.portico.routetable.Certificate;
import dev.portico.routetable.HttpListener;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A compiled table. Immutable; parts that did not change are shared with the former one. */
public final class Table implements Router {
    public static final Table EMPTY = new Table(Map.of(), Map.of(), Map.of(), Map.of());

    final Map<String, BoundListener> sites;
    final Map<String, Hosts<BoundHost>> hosts;
    final Map<String, Pool> pools;
    final Map<String, Certificate> certificates;

    Table(
            Map<String, BoundListener> sites,
            Map<String, Hosts<BoundHost>> hosts,
            Map<String, Pool> pools,
            Map<String, Certificate> certificates) {
        this.sites = sites;
        this.hosts = hosts;
        this.pools = pools;
        this.certificates = certificates;
    }

    @Override
    public Router.@Nullable Site listener(String id) {
        return sites.get(id);
    }

    @Override
    public Router.@Nullable Upstream upstream(String id) {
        Pool pool = pools.get(id);
        return pool == null ? null : pool.served();
    }

    public Collection<HttpListener> listeners() {
        return sites.values().stream().map(site -> site.gate().listener()).toList();
    }

    public Collection<Certificate> certificates() {
        return Collections.unmodifiableCollection(certificates.values());
    }

    /** Whether listeners and certificates are those of another table, so that TLS need not look at them. */
    public boolean hasTlsOf(Table other) {
        return certificates.equals(other.certificates) && gates().equals(other.gates());
    }

    private Set<Gate> gates() {
        return sites.values().stream().map(BoundListener::gate).collect(Collectors.toSet());
    }
}
