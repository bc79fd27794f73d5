package dev.portico.operator.term;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acquires the Lease, renews it, campaigns again when it was lost, and never ends the process.
 *
 * <p>Whether another's Lease has run out is judged by how long it has not changed on our own monotonic clock, never by
 * the time written in it, so clocks of nodes may differ.
 */
public final class Campaign implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Campaign.class);
    /**
     * How long a raised term stays, whatever pods claim: a raise is two requests to the API server and a push to every
     * pod, and a pod that was taken over could have one several times a second. Honest pods can wait that long: changes
     * are to be served within 10 s after the Lease was deleted.
     */
    private static final Duration BETWEEN_RAISES = Duration.ofSeconds(5);

    private final LeaseStore store;
    private final String holder;
    private final Timing timing;
    private final Runnable onLead;
    private final Runnable onTerm;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private boolean first = true;
    private boolean awake;
    private boolean closed;

    // Written by the campaign's thread only, but for wanted.
    private volatile Leadership leadership = Leadership.NONE;
    private volatile long wanted;
    private volatile long raised = System.nanoTime() - BETWEEN_RAISES.toNanos();
    private @Nullable Observed observed;

    private Campaign(LeaseStore store, String holder, Timing timing, Runnable onLead, Runnable onTerm) {
        this.store = store;
        this.holder = holder;
        this.timing = timing;
        this.onLead = onLead;
        this.onTerm = onTerm;
        this.thread = Thread.ofVirtual().name("campaign").unstarted(this::run);
    }

    /**
     * @param holder differs for every process that ever lived: a restarted operator has a new term
     * @param onLead called after the lead was gained or lost, from the campaign's thread
     * @param onTerm called after the term of a leader grew, from the same
     */
    public static Campaign start(LeaseStore store, String holder, Timing timing, Runnable onLead, Runnable onTerm) {
        var campaign = new Campaign(store, holder, timing, onLead, onTerm);
        campaign.thread.start();
        return campaign;
    }

    /** The term in which this process leads now; empty if it does not. */
    public OptionalLong term() {
        var now = leadership;
        return now.lasts(Duration.ZERO) ? OptionalLong.of(now.term()) : OptionalLong.empty();
    }

    /**
     * A pod has seen that term: if we hold the Lease (asked anew), our term becomes a higher one, at once or, where it was
     * raised less than five seconds ago, after these.
     */
    public void raiseAbove(long seen) {
        var own = leadership.term();
        // Also our own: after a reset of the Lease it may have been another's before.
        if (own == 0 || seen < own) {
            return;
        }
        if (seen - own > Terms.MAX_LEAP) {
            LOG.warn("a pod claims term {}, ours is {}: not believed", seen, own);
            return;
        }
        lock.lock();
        try {
            wanted = Math.max(wanted, seen + 1);
            if (mayRaise()) {
                awake = true;
                wake.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean mayRaise() {
        return System.nanoTime() - raised >= BETWEEN_RAISES.toNanos();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (await()) {
            try {
                attempt();
            } catch (RuntimeException e) {
                LOG.warn("lease not reached: {}", e.getMessage());
            }
            if (leadership.term() > 0 && term().isEmpty()) {
                lose("not renewed within " + timing.renewWithin());
            }
        }
        release();
    }

    private void attempt() {
        // Taken before the request: what was renewed is counted from when we asked.
        var asked = System.nanoTime();
        var read = store.read();
        if (read.isEmpty()) {
            store.write(renewed(
                            new LeaseBuilder()
                                    .withNewMetadata()
                                    .endMetadata()
                                    .withNewSpec()
                                    .endSpec()
                                    .build(),
                            true))
                    .ifPresent(lease -> lead(lease, asked));
            return;
        }
        var lease = read.get();
        if (lease.getSpec() == null) {
            lease = lease.edit().withNewSpec().endSpec().build();
        }
        observe(lease);
        var ours = holder.equals(lease.getSpec().getHolderIdentity());
        if (!ours && leadership.term() > 0) {
            lose("held by " + lease.getSpec().getHolderIdentity());
        }
        if (ours || free(lease)) {
            var written = store.write(renewed(lease, !ours));
            if (written.isPresent()) {
                lead(written.get(), asked);
            }
        }
    }

    private void lead(Lease lease, long asked) {
        observe(lease);
        var before = leadership;
        leadership =
                new Leadership(Terms.of(lease), asked + timing.renewWithin().toNanos());
        if (before.term() != leadership.term()) {
            LOG.info("term {} -> {}: holds the lease", before.term(), leadership.term());
        }
        if (!before.lasts(timing.retry())) {
            // Also where it had lapsed, or was about to: who looked meanwhile saw that nobody leads, and would not look
            // again.
            onLead.run();
        } else if (before.term() != leadership.term()) {
            onTerm.run();
        }
    }

    private void lose(String why) {
        LOG.info("term {} -> none: {}", leadership.term(), why);
        leadership = Leadership.NONE;
        onLead.run();
    }

    private void observe(Lease lease) {
        var version = lease.getMetadata().getUid() + "/" + lease.getMetadata().getResourceVersion();
        if (observed == null || !observed.version().equals(version)) {
            observed = new Observed(version, System.nanoTime());
        }
    }

    private boolean free(Lease lease) {
        var other = lease.getSpec().getHolderIdentity();
        if (other == null || other.isEmpty()) {
            return true;
        }
        var seconds = lease.getSpec().getLeaseDurationSeconds();
        var patience = seconds == null ? timing.lease() : Duration.ofSeconds(seconds);
        var since =
                Objects.requireNonNull(observed, "observe comes before free").since();
        return System.nanoTime() - since > patience.toNanos();
    }

    private Lease renewed(Lease lease, boolean acquired) {
        // A term of ours that is higher than the Lease's: somebody deleted or restored the Lease.
        var next = Math.max(Terms.of(lease), leadership.term()) + (acquired ? 1 : 0);
        if (wanted > next && mayRaise()) {
            next = wanted;
            raised = System.nanoTime();
        }
        var now = ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
        var changed = lease.edit()
                .editMetadata()
                .addToAnnotations(Terms.ANNOTATION, Long.toString(next))
                .endMetadata()
                .editSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds((int) Math.max(1, timing.lease().toSeconds()))
                .endSpec()
                .build();
        writeTimes(changed, now, acquired);
        return changed;
    }

    private void writeTimes(Lease lease, ZonedDateTime now, boolean acquired) {
        lease.getSpec().setRenewTime(now);
        if (acquired) {
            lease.getSpec().setAcquireTime(now);
            lease.getSpec().setLeaseTransitions(Terms.transitions(lease) + 1);
        }
    }

    /** @return false once closed */
    private boolean await() {
        lock.lock();
        try {
            var nanos = first ? 0 : timing.retry().toNanos();
            first = false;
            while (!closed && !awake && nanos > 0) {
                nanos = wake.awaitNanos(nanos);
            }
            awake = false;
            return !closed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    // A successor need not wait: the Lease is given back, its term stays.
    private void release() {
        if (term().isEmpty()) {
            return;
        }
        leadership = Leadership.NONE;
        try {
            store.read()
                    .filter(lease -> lease.getSpec() != null
                            && holder.equals(lease.getSpec().getHolderIdentity()))
                    .ifPresent(lease -> store.write(lease.edit()
                            .editSpec()
                            .withHolderIdentity("")
                            .endSpec()
                            .build()));
        } catch (RuntimeException e) {
            LOG.info("lease not given back: {}", e.getMessage());
        }
    }

    /** @param until by {@link System#nanoTime}; nobody else can hold the Lease before */
    private record Leadership(long term, long until) {
        static final Leadership NONE = new Leadership(0, 0);

        boolean lasts(Duration duration) {
            return term > 0 && until - System.nanoTime() > duration.toNanos();
        }
    }

    private record Observed(String version, long since) {}
}
