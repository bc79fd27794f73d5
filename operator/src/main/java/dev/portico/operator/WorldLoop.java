package dev.portico.operator;

import dev.portico.operator.compile.Compiled;
import dev.portico.operator.compile.Compiler;
import dev.portico.operator.console.Standing;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import dev.portico.operator.provision.Provisioning;
import dev.portico.operator.push.Pusher;
import dev.portico.operator.push.Replica;
import dev.portico.operator.status.Reporter;
import dev.portico.operator.status.StatusWriter;
import dev.portico.operator.term.Campaign;
import dev.portico.operator.watch.NamedSecrets;
import dev.portico.operator.watch.Pods;
import dev.portico.operator.watch.Seen;
import dev.portico.operator.watch.World;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until something happens, and carries it from the world to the data planes and back to users. Five things can
 * happen:
 *
 * <ol>
 *   <li>an object changed, or time made a certificate expire: everything is compiled, and pushed where it differs;
 *   <li>only slices changed: their endpoints are put into the tables without compile, and pushed;
 *   <li>a pod of a data plane came, went or became ready: it gets the table that is there;
 *   <li>a data plane answered, or could not be reached: statuses say so;
 *   <li>this process began or ceased to lead: it pushes in its new term, or pushes and writes nothing.
 * </ol>
 *
 * <p>Who does not lead compiles all the same, so as to have the tables at hand.
 */
final class WorldLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorldLoop.class);
    /** What is applied together comes within milliseconds: one compile, and no status of a half. */
    private static final Duration HOLD_OFF = Duration.ofMillis(5);
    /** After which a round that was lost is tried again, if nothing else happens. */
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** Certificates expire without an event, and Secrets that are not watched change without one. */
    private static final Duration RECOMPILE = Duration.ofSeconds(60);

    private final World world;
    private final Compiler compiler;
    private final NamedSecrets secrets;
    private final Pods pods;
    private final Pusher pusher;
    private final Campaign campaign;
    private final Provisioning provisioning;
    private final Reporter reporter;
    private final StatusWriter writer;
    private final Consumer<Set<Problem>> onProblems;
    private final LoopFigures figures;
    private final Thread thread;

    // The rest is the thread's own.
    private final Versions versions = new Versions();
    private Compiled compiled = Compiled.NOTHING;
    private List<Replica> replicas = List.of();
    private Set<Problem> problems = Set.of();
    private long compiledAt = System.nanoTime();
    private long forgotAt = System.nanoTime();
    private boolean complete;
    private boolean outdated;
    private boolean lost;
    private Duration patience = Duration.ZERO;

    private WorldLoop(
            World world,
            Compiler compiler,
            NamedSecrets secrets,
            Pods pods,
            Pusher pusher,
            Campaign campaign,
            Provisioning provisioning,
            Reporter reporter,
            StatusWriter writer,
            Consumer<Set<Problem>> onProblems,
            LoopFigures figures) {
        this.world = world;
        this.compiler = compiler;
        this.secrets = secrets;
        this.pods = pods;
        this.pusher = pusher;
        this.campaign = campaign;
        this.provisioning = provisioning;
        this.reporter = reporter;
        this.writer = writer;
        this.onProblems = onProblems;
        this.figures = figures;
        this.thread = Thread.ofVirtual().name("world loop").unstarted(this::run);
    }

    static WorldLoop start(
            World world,
            Compiler compiler,
            NamedSecrets secrets,
            Pods pods,
            Pusher pusher,
            Campaign campaign,
            Provisioning provisioning,
            Reporter reporter,
            StatusWriter writer,
            Consumer<Set<Problem>> onProblems,
            LoopFigures figures) {
        var loop = new WorldLoop(
                world, compiler, secrets, pods, pusher, campaign, provisioning, reporter, writer, onProblems, figures);
        loop.thread.start();
        return loop;
    }

    private void run() {
        try {
            while (true) {
                round(world.await(patience, HOLD_OFF));
            }
        } catch (InterruptedException e) {
            LOG.debug("the loop ends");
        } finally {
            pusher.close();
        }
    }

    private void round(Seen seen) throws InterruptedException {
        figures.round();
        // First, as what follows may fail: who no longer leads provisions nothing.
        provisioning.lead(campaign.term().isPresent());
        try {
            var anew = compile(seen);
            // Not twice in a row: however many Secrets are named anew, all else is served meanwhile.
            outdated = anew && !outdated && readSecrets(seen);
            patience = secrets.isUnfinished() ? Duration.ZERO : RECOMPILE;
            if (complete && !outdated) {
                push(seen);
                report(seen);
            }
            lost = false;
        } catch (RuntimeException e) {
            // Ours to mend; what was pushed before serves on.
            LOG.error("this round was lost", e);
            lost = true;
            figures.roundLost();
            patience = RETRY;
        }
    }

    /** Whether more than endpoints was compiled. */
    private boolean compile(Seen seen) {
        if (seen.objects() || lost || (complete && isDue(compiledAt)) || secrets.isUnfinished()) {
            var began = System.nanoTime();
            compiled = compiler.compile(seen.state());
            compiledAt = System.nanoTime();
            figures.compiled(Duration.ofNanos(compiledAt - began));
            complete = true;
            return true;
        }
        if (seen.slices()) {
            compiled = compiler.endpoints(compiled, seen.state());
        }
        return false;
    }

    /** Whether what was compiled is outdated by what was read. */
    private boolean readSecrets(Seen seen) throws InterruptedException {
        var named = compiler.secrets();
        if (isDue(forgotAt)) {
            world.forgetSecretsBut(named);
            forgotAt = System.nanoTime();
        }
        return secrets.read(named, seen.state());
    }

    private static boolean isDue(long last) {
        return System.nanoTime() - last >= RECOMPILE.toNanos();
    }

    private void push(Seen seen) {
        if (seen.pods() || seen.objects() || lost) {
            replicas = pods.replicas(seen.state());
            pusher.replicas(replicas);
        }
        versions.number(compiled.tables(), dataPlanes(), gatewayUnreadable(seen));
        var term = campaign.term();
        pusher.targets(term.isPresent() ? versions.targets(term.getAsLong()) : Map.of());
    }

    private Set<String> dataPlanes() {
        return replicas.stream().map(Replica::dataPlane).collect(Collectors.toSet());
    }

    private static boolean gatewayUnreadable(Seen seen) {
        return seen.state()
                .unreadable()
                .anyKey(ref ->
                        ref.group().equals(ObjectRef.PORTICO) && ref.kind().equals("Gateway"));
    }

    private void report(Seen seen) {
        var states = pusher.states();
        var all = new HashSet<>(compiled.problems());
        all.addAll(reporter.refusals(compiled, states));
        tell(all, seen);
        var now = seen.state().now();
        figures.stand(new Standing(now, campaign.term(), compiled, versions.versions(), states, problems));
        if (campaign.term().isEmpty()) {
            writer.forget();
            reporter.forget();
            return;
        }
        writer.failed().forEach(reporter::failed);
        var next = reporter.report(
                seen.state(), compiled, versions.versions(), states, provisioning.progress(), problems, now);
        patience = next.compareTo(patience) < 0 ? next : patience;
    }

    private void tell(Set<Problem> now, Seen seen) {
        var changed = !now.equals(problems);
        problems = changed ? Set.copyOf(now) : problems;
        if (changed || seen.objects() || seen.slices() || lost) {
            onProblems.accept(problems);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
