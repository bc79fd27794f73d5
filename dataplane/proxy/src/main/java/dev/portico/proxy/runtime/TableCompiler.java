package dev.portico.proxy.runtime;

import dev.portico.proxy.match.HostRoutes;
import dev.portico.proxy.match.Hosts;
import dev.portico.proxy.pipeline.Gate;
import dev.portico.proxy.pipeline.RunnableRoute;
import dev.portico.routetable.Certificate;
import dev.portico.routetable.Endpoints;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.Route;
import dev.portico.routetable.Section;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.VirtualHost;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes a table out of its predecessor and a change; what did not change is not compiled again. */
public final class TableCompiler {
    private final Stages stages;
    private final Choices choices;
    private final Hops hops;

    public TableCompiler(Stages stages, Choices choices, Hops hops) {
        this.stages = stages;
        this.choices = choices;
        this.hops = hops;
    }

    /** Throws IllegalArgumentException for what cannot be carried out; the former table is untouched. */
    public Table compile(Table former, Change change) {
        var next = new Draft(former);
        for (Section section : change.gone()) {
            next.remove(section);
        }
        for (Section section : change.put()) {
            try {
                next.put(section);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(section.key() + ": " + e.getMessage(), e);
            }
        }
        return next.table();
    }

    private HostRoutes<RunnableRoute> compile(List<Route> routes) {
        var endings = new Endings();
        return HostRoutes.compile(
                routes, route -> new RunnableRoute(route.id(), route.timeouts(), stages.of(route), endings.of(route)));
    }

    private final class Draft {
        private final Table former;
        private final Map<String, @Nullable HttpListener> listeners = new HashMap<>();
        private final Map<String, Map<HostPattern, @Nullable BoundHost>> hosts = new HashMap<>();
        private final Map<String, Pool> pools = new HashMap<>();
        private final Map<String, @Nullable Certificate> certificates = new HashMap<>();

        Draft(Table former) {
            this.former = former;
        }

        void remove(Section section) {
            switch (section) {
                case HttpListener listener -> listeners.put(listener.id(), null);
                case VirtualHost host ->
                    host.bindings().forEach(binding -> host(binding.listener(), host.host(), null));
                case Upstream upstream -> pool(upstream.id(), pool -> pool.with((Upstream) null));
                case Endpoints endpoints -> pool(endpoints.upstream(), pool -> pool.with((Endpoints) null));
                case Certificate certificate -> certificates.put(certificate.id(), null);
            }
        }

        void put(Section section) {
            switch (section) {
                case HttpListener listener -> listeners.put(listener.id(), listener);
                case VirtualHost host -> {
                    var routes = compile(host.routes());
                    host.bindings()
                            .forEach(binding -> host(binding.listener(), host.host(), new BoundHost(routes, binding)));
                }
                case Upstream upstream -> pool(upstream.id(), pool -> pool.with(upstream));
                case Endpoints endpoints -> pool(endpoints.upstream(), pool -> pool.with(endpoints));
                case Certificate certificate -> certificates.put(certificate.id(), certificate);
            }
        }

        private void host(String listener, HostPattern pattern, @Nullable BoundHost host) {
            hosts.computeIfAbsent(listener, _ -> new HashMap<>()).put(pattern, host);
        }

        private void pool(String upstream, UnaryOperator<Pool> change) {
            Pool now = pools.getOrDefault(upstream, former.pools.getOrDefault(upstream, Pool.NONE));
            pools.put(upstream, change.apply(now));
        }

        Table table() {
            var nextHosts = new HashMap<String, @Nullable Hosts<BoundHost>>();
            hosts.forEach((listener, changes) -> {
                Hosts<BoundHost> changed = former.hosts
                        .getOrDefault(listener, Hosts.<BoundHost>none())
                        .with(changes);
                nextHosts.put(listener, changed.isEmpty() ? null : changed);
            });
            var allHosts = merged(former.hosts, nextHosts);
            return new Table(
                    sites(allHosts),
                    allHosts,
                    merged(former.pools, nextPools()),
                    merged(former.certificates, certificates));
        }

        private Map<String, @Nullable Pool> nextPools() {
            var next = new HashMap<String, @Nullable Pool>();
            pools.forEach((id, pool) -> next.put(id, pool.isNone() ? null : pool.served(choices, hops)));
            return next;
        }

        private Map<String, BoundListener> sites(Map<String, Hosts<BoundHost>> allHosts) {
            var gates = new LinkedHashMap<String, Gate>();
            former.sites.forEach((id, site) -> gates.put(id, site.gate()));
            listeners.forEach((id, listener) -> {
                if (listener == null) {
                    gates.remove(id);
                } else {
                    gates.put(id, new Gate(listener));
                }
            });
            var sites = new HashMap<String, BoundListener>();
            gates.forEach((id, gate) ->
                    sites.put(id, new BoundListener(gate, allHosts.getOrDefault(id, Hosts.<BoundHost>none()))));
            return sites;
        }

        /** The former map itself where nothing changed; null removes. */
        private static <V> Map<String, V> merged(Map<String, V> former, Map<String, @Nullable V> changes) {
            if (changes.isEmpty()) {
                return former;
            }
            var merged = new HashMap<String, V>(former);
            changes.forEach((key, value) -> {
                if (value == null) {
                    merged.remove(key);
                } else {
                    merged.put(key, value);
                }
            });
            return merged;
        }
    }
}
