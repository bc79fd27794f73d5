package dev.portico.operator.provision;

import dev.portico.operator.identity.Identities;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Provisions data planes while this process leads.
 *
 * <p>The framework's operator is made anew with each reign, whenever one of its informers ends, for what it missed in the
 * meantime it then lists, and when there is another authority, for then all identities have to be issued anew.
 */
public final class Provisioner implements Provisioning, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Provisioner.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);
    private static final Duration SYNC = Duration.ofSeconds(30);
    /** How often it is looked whether the authority is still the same. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private static final int THREADS = 8;

    private final KubernetesClient client;
    private final Identities identities;
    private final Settings settings;
    private final Function<HasMetadata, String> dataPlane;
    private final BooleanSupplier stillLeads;
    private final Journal journal;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean leads;
    private boolean broken;

    private Provisioner(
            KubernetesClient client,
            Identities identities,
            Settings settings,
            Function<HasMetadata, String> dataPlane,
            BooleanSupplier stillLeads,
            Runnable onChange) {
        this.client = client;
        this.identities = identities;
        this.settings = settings;
        this.dataPlane = dataPlane;
        this.stillLeads = stillLeads;
        this.journal = new Journal(onChange);
        this.thread = Thread.ofVirtual().name("provision").unstarted(this::run);
    }

    /**
     * @param client stays the caller's
     * @param dataPlane the id of the data plane that serves a Gateway
     * @param stillLeads whether this process leads at this moment: asked before every write
     * @param onChange called when {@link #progress} changed; from any thread, and must not block
     */
    public static Provisioner start(
            KubernetesClient client,
            Identities identities,
            Settings settings,
            Function<HasMetadata, String> dataPlane,
            BooleanSupplier stillLeads,
            Runnable onChange) {
        var provisioner = new Provisioner(client, identities, settings, dataPlane, stillLeads, onChange);
        provisioner.thread.start();
        return provisioner;
    }

    @Override
    public void lead(boolean now) {
        lock.lock();
        try {
            if (leads != now) {
                leads = now;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Progress progress() {
        return journal.progress();
    }

    private void run() {
        try {
            var pause = RETRY;
            while (true) {
                awaitLead();
                var began = System.nanoTime();
                try {
                    reign();
                } catch (IOException | RuntimeException e) {
                    LOG.warn("data planes are not provisioned", e);
                }
                if (stillLeads.getAsBoolean()) {
                    // Whatever ended it may end the next one as soon, and each lists all.
                    pause = System.nanoTime() - began < LAST_RETRY.toNanos() ? longer(pause) : RETRY;
                    Thread.sleep(pause);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no more provisioning");
        }
    }

    private static Duration longer(Duration before) {
        var twice = before.multipliedBy(2);
        return twice.compareTo(LAST_RETRY) < 0 ? twice : LAST_RETRY;
    }

    private void reign() throws IOException, InterruptedException {
        var authority = identities.authority();
        var framework = new Operator(this::configure);
        try {
            var applier = new Applier(client, identities, stillLeads);
            framework.register(new GatewayReconciler(applier, settings, dataPlane, journal), this::limit);
            framework.start();
            var over = false;
            while (!over) {
                over = isOver(LOOK) || !identities.authority().equals(authority);
            }
        } finally {
            framework.stop();
            journal.forget();
        }
    }

    private void configure(ConfigurationServiceOverrider framework) {
        framework
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withUseSSAToPatchPrimaryResource(false)
                .withConcurrentReconciliationThreads(THREADS)
                .withCacheSyncTimeout(SYNC)
                // Left to itself, the framework ends the process.
                .withInformerStoppedHandler((informer, failure) -> {
                    if (failure != null) {
                        LOG.warn("an informer ended: {}", failure.getMessage());
                        breakDown();
                    }
                });
    }

    private void limit(ControllerConfigurationOverrider<RawGateway> controller) {
        if (!settings.namespaces().isEmpty()) {
            controller.settingNamespaces(settings.namespaces());
        }
    }

    private void breakDown() {
        lock.lock();
        try {
            broken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitLead() throws InterruptedException {
        lock.lock();
        try {
            broken = false;
            while (!leads) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long for the end. */
    private boolean isOver(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            var nanos = patience.toNanos();
            while (leads && !broken && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return !leads || broken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
