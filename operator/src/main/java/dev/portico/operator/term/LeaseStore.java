package dev.portico.operator.term;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.util.Optional;

/** The one Lease of the campaign. Every method may throw an unchecked exception when the API server does not answer. */
public interface LeaseStore {
    Optional<Lease> read();

    /**
     * Creates the Lease if it has no resourceVersion, else replaces exactly that version.
     *
     * @return the Lease as it was stored, or empty if another was faster
     */
    Optional<Lease> write(Lease lease);
}
