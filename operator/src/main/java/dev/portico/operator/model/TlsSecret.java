package dev.portico.operator.model;

import io.fabric8.kubernetes.api.model.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A TLS Secret and what is remembered of it.
 *
 * @param current as it is in the cluster
 * @param lastReadable the last version that held a certificate and its key; absent where none was seen since start;
 *     the same object as {@code current} where that is readable
 */
public record TlsSecret(Secret current, @Nullable Secret lastReadable) {
    /** Without what it holds. */
    @Override
    public String toString() {
        return "TlsSecret[" + ObjectRef.of(current) + "]";
    }
}
