package dev.portico.operator.status;

import dev.portico.crds.PorticoKinds;
import dev.portico.operator.model.ObjectRef;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes statuses and Events, one at a time; of two for one object the newer. A status is put for the very version of
 * the object it was made from: if that is no longer the newest, the reporter is told and makes another.
 */
public final class StatusWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final Runnable onFailed;
    private final PorticoKinds kinds = new PorticoKinds();
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Map<ObjectRef, HasMetadata> waiting = new LinkedHashMap<>();
    private final Set<ObjectRef> failed = new HashSet<>();

    private StatusWriter(KubernetesClient client, Runnable onFailed) {
        this.client = client;
        this.onFailed = onFailed;
        this.thread = Thread.ofVirtual().name("status").unstarted(this::run);
    }

    /** @param onFailed called when something was not written, from the writer's thread; {@link #failed} tells what */
    public static StatusWriter start(KubernetesClient client, Runnable onFailed) {
        var writer = new StatusWriter(client, onFailed);
        writer.thread.start();
        return writer;
    }

    /** An object with its new status, or an Event. */
    void write(HasMetadata object) {
        lock.lock();
        try {
            waiting.put(ObjectRef.of(object), object);
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The objects whose status was not written since the last call, and the Events that were not. */
    public Set<ObjectRef> failed() {
        lock.lock();
        try {
            var result = Set.copyOf(failed);
            failed.clear();
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what was not yet written: another leads now. */
    public void forget() {
        lock.lock();
        try {
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                put(next());
            }
        } catch (InterruptedException e) {
            LOG.debug("no more statuses");
        }
    }

    private HasMetadata next() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                filled.await();
            }
            var entries = waiting.values().iterator();
            var first = entries.next();
            entries.remove();
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void put(HasMetadata object) {
        try {
            switch (object) {
                case Event event -> create(event);
                case CustomResource<?, ?> ours -> putOurs(ours);
                default -> client.resource(object).updateStatus();
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT && e.getCode() != NOT_FOUND) {
                LOG.warn("status of {} not written: {}", ObjectRef.of(object), e.getMessage());
            }
            fail(object);
        } catch (RuntimeException e) {
            LOG.error("status of {} cannot be written", ObjectRef.of(object), e);
            fail(object);
        }
    }

    // The client's own mapper writes enums by their Java names; the kinds know how they are spelt.
    private void putOurs(CustomResource<?, ?> ours) {
        var sent = new GenericKubernetesResource();
        sent.setApiVersion(ours.getApiVersion());
        sent.setKind(ours.getKind());
        sent.setMetadata(ours.getMetadata());
        sent.setAdditionalProperty("status", kinds.tree(ours.getStatus()));
        client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(ours.getClass()))
                .inNamespace(ours.getMetadata().getNamespace())
                .resource(sent)
                .updateStatus();
    }

    private void fail(HasMetadata object) {
        lock.lock();
        try {
            failed.add(ObjectRef.of(object));
        } finally {
            lock.unlock();
        }
        onFailed.run();
    }

    // The name of an Event is made of what it says and of the time: one that is there has been told.
    private void create(Event event) {
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                LOG.warn(
                        "event of {} not written: {}", event.getInvolvedObject().getName(), e.getMessage());
                fail(event);
            }
        }
    }
}
