package dev.portico.operator.compile;

import dev.portico.operator.compile.Unit.ListenerKey;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.CompileOptions;
import dev.portico.operator.model.GatewayDeclaration;
import dev.portico.operator.model.GatewayReport;
import dev.portico.operator.model.IngressDeclaration;
import dev.portico.operator.model.IngressReport;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.PolicyReport;
import dev.portico.operator.model.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered between two worlds, and how a change finds its way through it.
 *
 * <p>Every object is a unit of its own, and what units say about the same host, server name or upstream is brought
 * together; a change is carried from unit to section and touches nothing else.
 */
final class Memory {
    private final CompileOptions options;
    private final World world;
    private final Upstreams upstreams;
    private final Tables tables = new Tables();
    private final Ledger problems = new Ledger();

    private final Map<ObjectRef, Unit> units = new HashMap<>();
    private final Map<ListenerKey, Integer> rules = new HashMap<>();
    private final Grouping<ObjectRef, HostKey, Contribution> hosts = new Grouping<>();
    private final Grouping<ObjectRef, UpstreamKey, UpstreamUse> uses = new Grouping<>();
    private final Grouping<ObjectRef, CertificateKey, Claim> claims = new Grouping<>();
    private final Grouping<ObjectRef, ObjectRef, Boolean> dependents = new Grouping<>();
    private final Index<UpstreamKey, ObjectRef> services = new Index<>();
    private final Grouping<CertificateKey, SecretKey, Claim> names = new Grouping<>();
    private final Index<CertificateKey, HostKey> namesOfHosts = new Index<>();
    /** The Ingresses at which policies are aimed, and their Gateways. */
    private final Index<ObjectRef, ObjectRef> limited = new Index<>();

    private final Grouping<HostKey, String, Boolean> limits = new Grouping<>();
    private final Map<HostKey, HostRoutes.Result> results = new HashMap<>();

    private Policies policies = Policies.NONE;
    private BackendPolicies backendPolicies;
    private Topology topology = Topology.NONE;
    private Classes classes;
    private ClusterState slicesSeen;
    private final Map<ObjectRef, IngressReport> ingresses = new HashMap<>();
    private Map<ObjectRef, IngressReport> ingressReports = Map.of();
    private boolean ingressesChanged;
    private final Map<ObjectRef, PolicyReport> policyReports = new HashMap<>();
    private Map<ObjectRef, PolicyReport> backendPolicyReports = Map.of();
    private Map<ObjectRef, PolicyReport> policyReportsTold = Map.of();
    private final Set<ObjectRef> policiesToReport = new HashSet<>();

    Memory(CompileOptions options) {
        this.options = options;
        this.world = new World(options);
        this.upstreams = new Upstreams(options.allowLoopbackEndpoints());
        this.backendPolicies = new BackendPolicies(List.of(), world.authorities, world.certificates);
        this.classes = new Classes(List.of(), options);
        this.slicesSeen = ClusterState.empty(Instant.MIN);
    }

    Compiled compile(ClusterState now) {
        var changes = world.update(now);
        var dirty = dirty(changes);
        dirty.forEach(this::compileUnit);
        hosts.takeDirty().forEach(this::compileHost);
        claims.takeDirty().forEach(this::compileName);
        compileCertificates(changes.secrets());
        touchUpstreams(changes);
        uses.takeDirty().forEach(key -> compileUpstream(key, now));
        compileEndpoints(now);
        var gatewayReports = reportGateways();
        var policyReports = reportPolicies();
        problems.set("topology", topology.problems());
        problems.set("unreadable", world.problemsOfUnreadable());
        return new Compiled(
                tables.flush(topology.dataPlanes()),
                gatewayReports,
                policyReports,
                reportIngresses(),
                problems.sorted());
    }

    Compiled endpoints(Compiled before, ClusterState now) {
        if (topology.equals(Topology.NONE)) {
            return compile(now);
        }
        compileEndpoints(now);
        return new Compiled(
                tables.flush(topology.dataPlanes()),
                before.gateways(),
                before.policies(),
                before.ingresses(),
                problems.sorted());
    }

    /** The Secrets that are named in the last world, be they there or not. */
    Set<ObjectRef> secrets() {
        return Stream.concat(dependents.groups().stream(), backendPolicies.references().stream())
                .filter(ref -> ref.kind().equals("Secret"))
                .collect(Collectors.toSet());
    }

    /** Which Gateways and Ingresses have to be held against the world again. */
    private Set<ObjectRef> dirty(World.Changes changes) {
        var dirty = new HashSet<>(changes.ingresses());
        dirty.addAll(changes.gateways());
        if (changes.policies()) {
            var next = new Policies(world.policies());
            dirty.addAll(next.targetsChangedSince(policies));
            policiesToReport.addAll(next.changedSince(policies));
            policies = next;
        }
        var moved = dirty.stream().anyMatch(ref -> ref.kind().equals("Gateway")) && moveListeners(dirty);
        if (!changes.classes().isEmpty()) {
            classes = new Classes(world.classes.all(), options);
            compileClasses();
        }
        if (moved || !changes.classes().isEmpty() || !changes.namespaces().isEmpty()) {
            dirty.addAll(world.ingresses.refs());
        }
        changes.services().forEach(service -> dirty.addAll(dependents.sources(service)));
        changes.secrets().forEach(secret -> dirty.addAll(dependents.sources(secret)));
        return dirty;
    }

    /** Gives ports anew; whether anything changed for those who attach. */
    private boolean moveListeners(Set<ObjectRef> dirty) {
        var before = topology;
        topology = Ports.of(world.gateways.all(), options, policies);
        tables.set("listeners", topology.sections());
        var gateways = new HashSet<>(topology.bindings().keySet());
        gateways.addAll(before.bindings().keySet());
        var moved = false;
        for (ObjectRef gateway : gateways) {
            var binding = topology.bindings().get(gateway);
            if (binding == null || !binding.equals(before.bindings().get(gateway))) {
                dirty.add(gateway);
                moved = true;
            }
        }
        if (moved) {
            compileClasses();
        }
        return moved;
    }

    private void compileClasses() {
        var found = new ArrayList<Problem>();
        for (var declared : world.classes.all()) {
            found.addAll(declared.problems());
            var gateway = declared.gateway();
            if (gateway != null && !topology.bindings().containsKey(gateway)) {
                found.add(new Problem(
                        declared.origin().object(),
                        "spec.parameters",
                        "RefNotFound",
                        gateway + " does not exist, expected a Gateway of portico.dev"));
            }
        }
        problems.set("classes", List.copyOf(found));
    }

    private void compileUnit(ObjectRef ref) {
        var gateway = world.gateways.get(ref);
        var ingress = world.ingresses.get(ref);
        var unit = gateway != null ? unit(gateway) : ingress != null ? unit(ingress) : Unit.NOTHING;
        var before = unit.equals(Unit.NOTHING) ? units.remove(ref) : units.put(ref, unit);
        if (before != null) {
            before.listeners().forEach((listener, count) -> rules.merge(listener, -count, Integer::sum));
        }
        unit.listeners().forEach((listener, count) -> rules.merge(listener, count, Integer::sum));
        reportPoliciesOf(ref, before == null ? Unit.NOTHING : before, unit);
        hosts.set(ref, unit.hosts());
        uses.set(ref, unit.upstreams());
        claims.set(ref, unit.certificates());
        var dependencies = new HashMap<ObjectRef, Boolean>();
        unit.dependencies().forEach(dependency -> dependencies.put(dependency, true));
        dependents.set(ref, dependencies);
        problems.set(ref, unit.problems());
        reportIngress(ref, unit.ingress());
    }

    /** Which policies another unit concerns: its own, those that count its rules, those that its own may replace. */
    private void reportPoliciesOf(ObjectRef ref, Unit before, Unit after) {
        var concerned = new HashSet<>(Set.of(ref));
        if (!before.listeners().equals(after.listeners())) {
            before.listeners().keySet().forEach(listener -> concerned.add(listener.gateway()));
            after.listeners().keySet().forEach(listener -> concerned.add(listener.gateway()));
        }
        var gateway = after.ingress() == null ? null : after.ingress().gateway();
        if (before.ingress() != null) {
            concerned.add(before.ingress().gateway());
        }
        if (gateway != null) {
            concerned.add(gateway);
        }
        limited.set(ref, gateway == null || policies.at(ref).isEmpty() ? Set.of() : Set.of(gateway));
        for (ObjectRef object : concerned) {
            policies.at(object)
                    .forEach(applied ->
                            policiesToReport.add(applied.policy().origin().object()));
        }
    }

    private void reportIngress(ObjectRef ref, @Nullable IngressReport report) {
        var before = report == null ? ingresses.remove(ref) : ingresses.put(ref, report);
        ingressesChanged |= !Objects.equals(before, report);
    }

    private Map<ObjectRef, IngressReport> reportIngresses() {
        if (ingressesChanged) {
            ingressReports = Map.copyOf(ingresses);
            ingressesChanged = false;
        }
        return ingressReports;
    }

    private Unit unit(GatewayDeclaration gateway) {
        var binding = topology.bindings().get(gateway.origin().object());
        return binding == null
                ? Unit.NOTHING
                : GatewayUnit.of(
                        gateway,
                        binding,
                        policies,
                        new UnitBuilder(
                                gateway.origin(), gateway.age(), binding, world.services::get, world.certificates));
    }

    private Unit unit(IngressDeclaration ingress) {
        var choice = classes.choose(ingress);
        if (choice == null) {
            var why = classes.whyUnserved(ingress);
            return why == null ? Unit.NOTHING : unserved(ingress, List.of(), "ClassNotFound", why);
        }
        var gateway = choice.gateway();
        var binding = gateway == null ? null : topology.bindings().get(gateway);
        if (binding == null) {
            return orphan(ingress, gateway);
        }
        var labels = world.namespaces.get(
                ObjectRef.namespace(ingress.origin().object().namespace()));
        return IngressUnit.of(
                ingress,
                binding,
                labels == null ? Map.of() : labels,
                policies,
                new UnitBuilder(ingress.origin(), ingress.age(), binding, world.services::get, world.certificates));
    }

    private static Unit orphan(IngressDeclaration ingress, @Nullable ObjectRef gateway) {
        var message = gateway == null
                ? "its class names no Gateway and there is no default one, expected parameters in the IngressClass"
                : gateway + ", to which its class attaches it, does not exist";
        return unserved(ingress, ingress.problems(), "GatewayNotFound", message);
    }

    private static Unit unserved(IngressDeclaration ingress, List<Problem> more, String reason, String message) {
        var all = new ArrayList<>(more);
        all.add(new Problem(ingress.origin().object(), ingress.classField(), reason, message));
        return new Unit(Map.of(), Map.of(), Map.of(), Set.of(), Map.of(), List.copyOf(all), Map.of(), null);
    }

    private void compileHost(HostKey key) {
        var contributions = hosts.values(key);
        var result = contributions.isEmpty() ? HostRoutes.Result.NOTHING : HostRoutes.of(key.host(), contributions);
        var before = contributions.isEmpty() ? results.remove(key) : results.put(key, result);
        tables.set(key, result.placed());
        problems.set(key, result.problems());
        var held = new HashMap<String, Boolean>();
        result.limits().forEach(limit -> held.put(limit, true));
        limits.set(key, held);
        if (!Objects.equals(before == null ? null : before.owner(), result.owner())) {
            namesOfHosts.sources(key).forEach(claims::touch);
        }
    }

    private HostRoutes.Result result(HostKey key) {
        return results.getOrDefault(key, HostRoutes.Result.NOTHING);
    }

    private void compileName(CertificateKey key) {
        var wanted = claims.values(key);
        var itsHosts = key.hosts();
        namesOfHosts.set(key, wanted.isEmpty() ? Set.of() : Set.copyOf(itsHosts));
        var owner = itsHosts.stream()
                .map(host -> result(host).owner())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        var winner = Names.winner(owner, wanted);
        names.set(key, winner == null ? Map.of() : Map.of(new SecretKey(key.dataPlane(), winner.secret()), winner));
        problems.set(key, Names.losers(key, owner, winner, wanted));
    }

    private void compileCertificates(Collection<ObjectRef> changedSecrets) {
        for (ObjectRef secret : changedSecrets) {
            for (String dataPlane : topology.dataPlanes()) {
                names.touch(new SecretKey(dataPlane, secret));
            }
        }
        names.takeDirty().forEach(this::compileCertificate);
        var affected = dependents.takeDirty();
        affected.addAll(changedSecrets);
        for (ObjectRef secret : affected) {
            if (secret.kind().equals("Secret")) {
                compileSecretProblem(secret);
            }
        }
    }

    private void compileCertificate(SecretKey key) {
        var taken = names.sources(key);
        var served =
                taken.isEmpty() ? null : world.certificates.get(key.secret()).served();
        var origins = new TreeSet<Origin>();
        names.values(key).forEach(claim -> origins.add(claim.origin()));
        tables.set(key, served == null ? List.of() : Names.sections(key, served, taken, List.copyOf(origins)));
    }

    private void compileSecretProblem(ObjectRef secret) {
        var problem = dependents.sources(secret).isEmpty()
                ? null
                : world.certificates.get(secret).problem();
        problems.set(secret, problem == null ? List.of() : List.of(problem));
    }

    /** Those of Services to which something else may have to be spoken. */
    private void touchUpstreams(World.Changes changes) {
        var changed = new HashSet<ObjectRef>();
        if (changes.backendPolicies()) {
            var next = new BackendPolicies(world.backendPolicies(), world.authorities, world.certificates);
            changed.addAll(next.servicesChangedSince(backendPolicies));
            backendPolicies = next;
        }
        changed.addAll(backendPolicies.servicesOf(changes.secrets()));
        changed.addAll(backendPolicies.servicesOf(changes.configMaps()));
        changed.forEach(service -> services.sources(service).forEach(uses::touch));
    }

    private void compileUpstream(UpstreamKey key, ClusterState now) {
        var use = uses.values(key).stream().findFirst().orElse(null);
        if (use == null) {
            services.set(key, Set.of());
            tables.set(key, List.of());
            tables.set(new EndpointsOf(key), List.of());
            problems.set(new EndpointsOf(key), List.of());
        } else {
            services.set(key, Set.of(use.service()));
            tables.set(key, List.of(upstreams.upstream(key, backendPolicies.spoken(use.service(), use.port()))));
            compileEndpoints(key, use, now);
        }
    }

    private void compileEndpoints(ClusterState now) {
        now.slicesChangedSince(slicesSeen, service -> {
            for (UpstreamKey key : services.sources(service)) {
                uses.values(key).stream().findFirst().ifPresent(use -> compileEndpoints(key, use, now));
            }
        });
        slicesSeen = now;
    }

    private void compileEndpoints(UpstreamKey key, UpstreamUse use, ClusterState now) {
        var closed = backendPolicies.spoken(use.service(), use.port()).closed();
        var read = upstreams.endpoints(key, use, closed, now);
        tables.set(new EndpointsOf(key), List.of(read.placed()));
        problems.set(new EndpointsOf(key), read.problems());
    }

    private Map<ObjectRef, GatewayReport> reportGateways() {
        var reports = new GatewayReports(
                topology, policies, world.certificates, listener -> rules.getOrDefault(listener, 0), this::result);
        var byRef = new HashMap<ObjectRef, GatewayReport>();
        for (GatewayDeclaration gateway : world.gateways.all()) {
            var ref = gateway.origin().object();
            byRef.put(ref, reports.report(gateway, units.getOrDefault(ref, Unit.NOTHING)));
        }
        return Map.copyOf(byRef);
    }

    private Map<ObjectRef, PolicyReport> reportPolicies() {
        var ofLimits = reportRateLimits();
        var ofBackends = reportBackendPolicies();
        if (ofLimits || ofBackends) {
            var all = new HashMap<>(policyReports);
            all.putAll(backendPolicyReports);
            policyReportsTold = Map.copyOf(all);
        }
        return policyReportsTold;
    }

    private boolean reportRateLimits() {
        limits.takeDirty().stream()
                .map(policies::owner)
                .filter(Objects::nonNull)
                .forEach(policiesToReport::add);
        if (policiesToReport.isEmpty()) {
            return false;
        }
        var reports = new PolicyReports(
                world,
                policies,
                ref -> units.getOrDefault(ref, Unit.NOTHING),
                listener -> rules.getOrDefault(listener, 0),
                limited::sources,
                limit -> !limits.sources(limit).isEmpty());
        for (ObjectRef ref : policiesToReport) {
            var policy = policies.get(ref);
            if (policy == null) {
                policyReports.remove(ref);
                problems.set(ref, List.of());
            } else {
                var reading = reports.report(policy);
                policyReports.put(ref, reading.report());
                problems.set(ref, reading.problems());
            }
        }
        policiesToReport.clear();
        return true;
    }

    /** Each of them every time: there are few, and they depend on Services, ConfigMaps and Secrets. */
    private boolean reportBackendPolicies() {
        var reports =
                new BackendPolicyReports(backendPolicies, world.services::get, this::usesOf, topology::gatewaysOf);
        var reported = new HashMap<ObjectRef, PolicyReport>();
        for (var policy : backendPolicies.all()) {
            var ref = policy.origin().object();
            var reading = reports.report(policy);
            reported.put(ref, reading.report());
            problems.set(ref, reading.problems());
        }
        backendPolicyReports.keySet().stream()
                .filter(ref -> !reported.containsKey(ref))
                .forEach(ref -> problems.set(ref, List.of()));
        var changed = !reported.equals(backendPolicyReports);
        backendPolicyReports = reported;
        return changed;
    }

    /** The upstreams of a Service, each with all the rules that name it. */
    private Map<UpstreamKey, UpstreamUse> usesOf(ObjectRef service) {
        var found = new HashMap<UpstreamKey, UpstreamUse>();
        for (UpstreamKey key : services.sources(service)) {
            uses.values(key).forEach(use -> found.merge(key, use, UpstreamUse::plus));
        }
        return found;
    }

    private record EndpointsOf(UpstreamKey key) {}
}
