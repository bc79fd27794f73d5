package dev.portico.operator.watch;

import dev.portico.operator.term.LeaseStore;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** The Lease {@code portico-operator}. */
public final class KubernetesLease implements LeaseStore {
    private static final String NAME = "portico-operator";
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final String namespace;

    public KubernetesLease(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public Optional<Lease> read() {
        return Optional.ofNullable(
                client.leases().inNamespace(namespace).withName(NAME).get());
    }

    @Override
    public Optional<Lease> write(Lease lease) {
        lease.getMetadata().setNamespace(namespace);
        lease.getMetadata().setName(NAME);
        var resource = client.leases().inNamespace(namespace).resource(lease);
        var isNew = lease.getMetadata().getResourceVersion() == null;
        try {
            return Optional.of(isNew ? resource.create() : resource.update());
        } catch (KubernetesClientException e) {
            // A new one is not found where there is no such namespace: nobody was faster, nobody ever leads.
            if (e.getCode() == CONFLICT || (e.getCode() == NOT_FOUND && !isNew)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
