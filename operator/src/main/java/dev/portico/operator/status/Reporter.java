package dev.portico.operator.status;

import dev.portico.crds.PorticoKinds;
import dev.portico.crds.backend.BackendPolicy;
import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.gateway.GatewayStatus;
import dev.portico.crds.policy.PolicyStatus;
import dev.portico.crds.ratelimit.RateLimit;
import dev.portico.operator.compile.Compiled;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.GatewayReport;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.ShardedMap;
import dev.portico.operator.provision.Made;
import dev.portico.operator.provision.Progress;
import dev.portico.operator.push.LinkState;
import dev.portico.operator.watch.Pods;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressLoadBalancerIngress;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which status is written, and when: at once when the last replica answered or nothing is waited for, else one
 * second after the change, and then at most every ten seconds.
 *
 * <p>Objects whose status is as it should be are not looked at again until they, what compile says of them or the
 * outcomes change. For one thread at a time.
 */
public final class Reporter {
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();
    private static final long BETWEEN_COUNTS = Duration.ofSeconds(10).toNanos();
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final String NO_RESOURCES = "NoResources";
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);

    private final Published published;
    private final String controller;
    private final Consumer<HasMetadata> writer;
    private final PorticoKinds kinds = new PorticoKinds();

    private final Map<ObjectRef, Since> since = new HashMap<>();
    private final Map<ObjectRef, Open> open = new HashMap<>();
    private final Map<ObjectRef, HasMetadata> written = new HashMap<>();
    private final Map<ObjectRef, Duration> failures = new HashMap<>();
    /** Ingresses that are no longer ours, with the addresses of ours that they still have, as far as was seen. */
    private final Map<ObjectRef, List<IngressLoadBalancerIngress>> toClear = new HashMap<>();

    private final ProblemEvents events = new ProblemEvents();
    private @Nullable ClusterState lastState;
    private Compiled lastCompiled = Compiled.NOTHING;
    private Outcomes lastOutcomes = Outcomes.NONE;
    private Addresses lastAddresses = Addresses.NONE;
    private Progress lastProgress = Progress.ELSEWHERE;

    /** @param controller the name under which entries of ours stand in lists that controllers share */
    public Reporter(Published published, String controller, StatusWriter writer) {
        this(published, controller, writer::write);
    }

    Reporter(Published published, String controller, Consumer<HasMetadata> writer) {
        this.published = published;
        this.controller = controller;
        this.writer = writer;
    }

    /**
     * Writes what is to be written now.
     *
     * @param versions the newest version of each data plane's table; it contains all that was compiled
     * @param progress how far data planes are made as their Gateways say
     * @param problems all there are
     * @return after how long to ask again, if nothing else happens
     */
    public Duration report(
            ClusterState state,
            Compiled compiled,
            Map<String, Long> versions,
            List<LinkState> links,
            Progress progress,
            Set<Problem> problems,
            Instant now) {
        var nanos = System.nanoTime();
        var outcomes = Outcomes.of(links, compiled);
        var addresses = published.addresses(state, compiled.gateways().values());
        contain(compiled, versions);
        clear(state, compiled, addresses);
        reopen(state, compiled, outcomes, nanos);
        reopen(compiled, addresses, progress, nanos);
        var programming = new Programming(versions, links, Pods.obstacles(state));
        var round = new Round(state, compiled, programming, outcomes, addresses, progress, now, nanos);
        for (ObjectRef ref : List.copyOf(open.keySet())) {
            look(ref, round);
        }
        for (Problem problem : events.fresh(forEvents(problems, state, compiled, progress), now)) {
            writer.accept(ProblemEvents.event(problem, state.find(problem.object()), now));
        }
        lastState = state;
        lastCompiled = compiled;
        lastOutcomes = outcomes;
        lastAddresses = addresses;
        lastProgress = progress;
        return open.values().stream()
                .map(one -> Duration.ofNanos(Math.max(0, one.due() - nanos)))
                .min(Duration::compareTo)
                .orElse(Duration.ofHours(1));
    }

    /** A status or an Event was not written: it is tried again a little later, a status also when the object changes. */
    public void failed(ObjectRef ref) {
        if (ref.kind().equals(ProblemEvents.KIND)) {
            events.refused(ref);
            return;
        }
        written.remove(ref);
        var pause = failures.merge(ref, RETRY, (before, first) -> longer(before));
        var nanos = System.nanoTime();
        open.put(ref, new Open(nanos, nanos + pause.toNanos(), true));
    }

    /** What data planes could not carry out, on the objects that asked for it. */
    public List<Problem> refusals(Compiled compiled, List<LinkState> links) {
        var outcomes = Outcomes.of(links, compiled);
        var problems = new ArrayList<>(outcomes.problemsOfCertificates());
        compiled.gateways().values().forEach(report -> problems.addAll(GatewayStatuses.refusals(report, outcomes)));
        return problems;
    }

    private static Duration longer(Duration before) {
        var twice = before.multipliedBy(2);
        return twice.compareTo(LAST_RETRY) < 0 ? twice : LAST_RETRY;
    }

    /** Another leads: what was written here is no longer known. */
    public void forget() {
        open.clear();
        written.clear();
        failures.clear();
        toClear.clear();
        events.forget();
        lastState = null;
        lastCompiled = Compiled.NOTHING;
        lastOutcomes = Outcomes.NONE;
        lastAddresses = Addresses.NONE;
        lastProgress = Progress.ELSEWHERE;
    }

    @SuppressWarnings("ReferenceEquality") // equal ones cost a little more and do no harm
    private void contain(Compiled compiled, Map<String, Long> versions) {
        if (compiled == lastCompiled) {
            return;
        }
        compiled.gateways()
                .forEach((ref, report) -> contain(
                        ref,
                        report.origin().generation(),
                        Verdicts.accepted(report.conditions()),
                        Set.of(report.dataPlane()),
                        versions));
        compiled.policies()
                .forEach((ref, report) -> contain(
                        ref, report.origin().generation(), Verdicts.inTables(report), report.dataPlanes(), versions));
        since.keySet()
                .removeIf(ref -> !compiled.gateways().containsKey(ref)
                        && !compiled.policies().containsKey(ref));
    }

    private void contain(
            ObjectRef ref, long generation, boolean inTables, Set<String> dataPlanes, Map<String, Long> versions) {
        var before = since.get(ref);
        if (before == null || !before.sameAs(generation, inTables, dataPlanes)) {
            var needed = new HashMap<String, Long>();
            dataPlanes.forEach(dataPlane -> needed.put(dataPlane, versions.getOrDefault(dataPlane, 0L)));
            since.put(ref, new Since(generation, inTables, needed));
        }
    }

    /** What was ours a moment ago, or before this process began: nobody else writes our addresses. */
    private void clear(ClusterState state, Compiled compiled, Addresses addresses) {
        if (lastState == null) {
            var ours = addresses.ofIngresses();
            state.all(Ingress.class).forEach((ref, ingress) -> {
                if (ours.contains(addresses(ingress))) {
                    toClear.put(ref, addresses(ingress));
                }
            });
        }
        lastCompiled.ingresses().forEach((ref, report) -> {
            if (!compiled.ingresses().containsKey(ref)) {
                toClear.put(ref, lastAddresses.ofIngress(report.gateway()));
            }
        });
        toClear.keySet().removeAll(compiled.ingresses().keySet());
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private void reopen(ClusterState state, Compiled compiled, Outcomes outcomes, long nanos) {
        var before = lastState == null ? ClusterState.empty(state.now()) : lastState;
        changed(Gateway.class, before, state, nanos);
        changed(RateLimit.class, before, state, nanos);
        changed(BackendPolicy.class, before, state, nanos);
        changed(Ingress.class, before, state, nanos);
        changed(before.unreadable(), state.unreadable(), nanos);
        if (compiled != lastCompiled) {
            changed(lastCompiled.gateways(), compiled.gateways(), nanos);
            changed(lastCompiled.policies(), compiled.policies(), nanos);
            changed(lastCompiled.ingresses(), compiled.ingresses(), nanos);
        }
        if (!outcomes.equals(lastOutcomes)) {
            compiled.gateways().keySet().forEach(ref -> open(ref, nanos));
        }
    }

    private void reopen(Compiled compiled, Addresses addresses, Progress progress, long nanos) {
        if (!progress.equals(lastProgress) || !addresses.equals(lastAddresses)) {
            compiled.gateways().keySet().forEach(ref -> open(ref, nanos));
        }
        if (!addresses.equals(lastAddresses)) {
            compiled.ingresses().keySet().forEach(ref -> open(ref, nanos));
        }
    }

    private <T extends HasMetadata> void changed(Class<T> kind, ClusterState before, ClusterState after, long nanos) {
        changed(before.all(kind), after.all(kind), nanos);
    }

    private <T> void changed(ShardedMap<ObjectRef, T> before, ShardedMap<ObjectRef, T> after, long nanos) {
        after.changesSince(before, (ref, old, now) -> {
            // A new version is what a write that failed for a conflict waits for.
            open.computeIfPresent(ref, (same, one) -> new Open(one.opened(), one.due(), false));
            open(ref, nanos);
        });
    }

    private <R> void changed(Map<ObjectRef, R> before, Map<ObjectRef, R> after, long nanos) {
        after.forEach((ref, report) -> {
            var old = before.get(ref);
            if (!report.equals(old)) {
                open(ref, nanos);
            }
        });
        var gone = new HashSet<>(before.keySet());
        gone.removeAll(after.keySet());
        gone.forEach(ref -> open(ref, nanos));
    }

    private void open(ObjectRef ref, long nanos) {
        open.putIfAbsent(ref, new Open(nanos, nanos + PATIENCE, false));
    }

    private void look(ObjectRef ref, Round round) {
        var object = round.state().find(ref);
        if (object == null) {
            written.remove(ref);
            toClear.remove(ref);
        }
        var one = Objects.requireNonNull(open.get(ref));
        var wanted = object == null ? Wanted.NOTHING : wanted(ref, object, round);
        if (wanted.object() == null) {
            failures.remove(ref);
            leaveOpen(ref, one, wanted, round);
            return;
        }
        if ((wanted.waits() || one.failed()) && round.nanos() - one.due() < 0) {
            return;
        }
        leaveOpen(ref, one, wanted, round);
        write(ref, wanted.object());
    }

    // What waits for replicas is looked at again when they answer, also where the status already says that it waits.
    private void leaveOpen(ObjectRef ref, Open one, Wanted wanted, Round round) {
        if (!wanted.waits()) {
            open.remove(ref);
        } else if (round.nanos() - one.due() >= 0) {
            open.put(ref, new Open(one.opened(), round.nanos() + BETWEEN_COUNTS, false));
        }
    }

    private void write(ObjectRef ref, HasMetadata object) {
        written.put(ref, object);
        writer.accept(object);
    }

    // What was written comes back by the watch: until then it counts as there.
    private <T extends HasMetadata> T asWritten(ObjectRef ref, T object) {
        var ours = written.get(ref);
        if (ours == null) {
            return object;
        }
        if (!Objects.equals(
                ours.getMetadata().getResourceVersion(), object.getMetadata().getResourceVersion())) {
            written.remove(ref);
            return object;
        }
        @SuppressWarnings("unchecked") // one ref is one kind
        var same = (T) ours;
        return same;
    }

    /** The object with the status that it should have. */
    private Wanted wanted(ObjectRef ref, HasMetadata object, Round round) {
        return switch (object) {
            case Gateway gateway -> gateway(ref, asWritten(ref, gateway), round);
            case RateLimit policy -> policy(ref, asWritten(ref, policy), new RateLimit(), round);
            case BackendPolicy policy -> policy(ref, asWritten(ref, policy), new BackendPolicy(), round);
            case Ingress ingress -> {
                if (!addresses(ingress).equals(toClear.get(ref))) {
                    toClear.remove(ref);
                }
                yield ingress(ref, asWritten(ref, ingress), round);
            }
            case GenericKubernetesResource undecodable -> undecodable(ref, undecodable, round);
            default -> Wanted.NOTHING;
        };
    }

    private Wanted undecodable(ObjectRef ref, GenericKubernetesResource raw, Round round) {
        return switch (raw.getKind()) {
            case "Gateway" ->
                undecodable(ref, asWritten(ref, kinds.withoutSpec(raw, new Gateway(), GatewayStatus.class)), round);
            case "RateLimit" ->
                policy(
                        ref,
                        asWritten(ref, kinds.withoutSpec(raw, new RateLimit(), PolicyStatus.class)),
                        new RateLimit(),
                        round);
            case "BackendPolicy" ->
                policy(
                        ref,
                        asWritten(ref, kinds.withoutSpec(raw, new BackendPolicy(), PolicyStatus.class)),
                        new BackendPolicy(),
                        round);
            default -> Wanted.NOTHING;
        };
    }

    private Wanted undecodable(ObjectRef ref, Gateway gateway, Round round) {
        var unreadable = Objects.requireNonNull(round.state().unreadable().get(ref), "its raw form was found");
        var before = GatewayStatuses.orNone(gateway.getStatus());
        var status = GatewayStatuses.undecodable(unreadable, before, round.now());
        return status.equals(gateway.getStatus()) ? Wanted.NOTHING : new Wanted(with(status, gateway), false);
    }

    private static Gateway with(GatewayStatus status, Gateway gateway) {
        var changed = new Gateway();
        changed.setMetadata(gateway.getMetadata());
        changed.setSpec(gateway.getSpec());
        changed.setStatus(status);
        return changed;
    }

    private Wanted gateway(ObjectRef ref, Gateway gateway, Round round) {
        var report = round.compiled().gateways().get(ref);
        if (report == null) {
            return Wanted.NOTHING;
        }
        var before = GatewayStatuses.orNone(gateway.getStatus());
        var already = Conditions.programmed(before.conditions(), report.origin().generation());
        var programmed = programmed(report, already, round);
        var status = GatewayStatuses.of(report, programmed, round.outcomes(), round.addresses(), before, round.now());
        var waits = waits(Verdicts.accepted(report.conditions()), programmed);
        if (status.equals(gateway.getStatus())) {
            return new Wanted(null, waits);
        }
        return new Wanted(with(status, gateway), waits);
    }

    private <S, P extends CustomResource<S, PolicyStatus>> Wanted policy(
            ObjectRef ref, P policy, P changed, Round round) {
        var report = round.compiled().policies().get(ref);
        if (report == null) {
            return Wanted.NOTHING;
        }
        var before = PolicyStatuses.orNone(policy.getStatus());
        var programmed = programmed(
                ref, Conditions.programmed(before.conditions(), report.origin().generation()), round);
        var status = PolicyStatuses.of(report, programmed, controller, before, round.now());
        var waits = waits(Verdicts.inTables(report), programmed);
        if (status.equals(policy.getStatus())) {
            return new Wanted(null, waits);
        }
        changed.setMetadata(policy.getMetadata());
        changed.setSpec(policy.getSpec());
        changed.setStatus(status);
        return new Wanted(changed, waits);
    }

    private Wanted ingress(ObjectRef ref, Ingress ingress, Round round) {
        var ours = round.compiled().ingresses().get(ref);
        var before = addresses(ingress);
        // Addresses of an Ingress that is another's are that one's, but for those that we put there.
        var wanted = ours != null
                ? round.addresses().ofIngress(ours.gateway())
                : before.equals(toClear.get(ref)) ? List.<IngressLoadBalancerIngress>of() : before;
        if (before.equals(wanted)) {
            return Wanted.NOTHING;
        }
        var changed = ingress.edit()
                .editOrNewStatus()
                .withNewLoadBalancer()
                .withIngress(wanted)
                .endLoadBalancer()
                .endStatus()
                .build();
        return new Wanted(changed, false);
    }

    private static List<IngressLoadBalancerIngress> addresses(Ingress ingress) {
        var status = ingress.getStatus();
        return status == null || status.getLoadBalancer() == null
                ? List.of()
                : List.copyOf(status.getLoadBalancer().getIngress());
    }

    private Condition programmed(ObjectRef ref, boolean already, Round round) {
        var contained = Objects.requireNonNull(since.get(ref), "contain comes before look");
        return already
                ? Condition.yes(Condition.PROGRAMMED, contained.generation())
                : round.programming().condition(contained.versions(), contained.generation());
    }

    private Condition programmed(GatewayReport report, boolean already, Round round) {
        var ref = report.origin().object();
        var generation = report.origin().generation();
        if (report.listeners().isEmpty()) {
            // A template for others, of which nothing is served.
            return Condition.yes(Condition.PROGRAMMED, generation);
        }
        var programmed = programmed(ref, already, round);
        if (already) {
            return programmed;
        }
        var made = round.progress().of(report);
        if (made.state() == Made.State.REFUSED) {
            return Condition.no(Condition.PROGRAMMED, NO_RESOURCES, made.why(), generation);
        }
        if (programmed.status() == Condition.Status.FALSE) {
            return programmed;
        }
        if (made.state() == Made.State.AWAITED) {
            return Condition.no(Condition.PROGRAMMED, "Pending", made.why(), generation);
        }
        return round.addresses()
                .missing(ref)
                .map(why -> Condition.no(Condition.PROGRAMMED, "AddressNotAssigned", why, generation))
                .orElse(programmed);
    }

    /**
     * Of objects of ours only those that cannot be decoded: also who looks at no conditions is to hear of them. Refusals
     * too: a generation that was once Programmed stays so, whatever is refused later.
     */
    private static Set<Problem> forEvents(
            Set<Problem> problems, ClusterState state, Compiled compiled, Progress progress) {
        var forEvents = problems.stream()
                .filter(problem -> !problem.object().group().equals(ObjectRef.PORTICO)
                        || state.find(problem.object()) instanceof GenericKubernetesResource)
                .collect(Collectors.toCollection(HashSet::new));
        compiled.gateways().forEach((ref, report) -> {
            var made = progress.of(report);
            if (made.state() == Made.State.REFUSED) {
                forEvents.add(new Problem(ref, "spec.infrastructure", NO_RESOURCES, made.why()));
            }
        });
        return forEvents;
    }

    private static boolean waits(boolean inTables, Condition programmed) {
        return inTables && programmed.status() == Condition.Status.FALSE;
    }

    /** An object whose status may have to be written: since when, and when at the latest; after a failure not before. */
    private record Open(long opened, long due, boolean failed) {}

    /**
     * What an object should have.
     *
     * @param object with its new status; absent if it has it already
     * @param waits whether replicas still have to answer
     */
    private record Wanted(@Nullable HasMetadata object, boolean waits) {
        static final Wanted NOTHING = new Wanted(null, false);
    }

    private record Round(
            ClusterState state,
            Compiled compiled,
            Programming programming,
            Outcomes outcomes,
            Addresses addresses,
            Progress progress,
            Instant now,
            long nanos) {}
}
