package dev.portico.operator.term;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.util.Objects;

/** The term of a Lease: an annotation, because leaseTransitions has 31 bits and is counted by others too. */
final class Terms {
    static final String ANNOTATION = "portico.dev/term";
    /** How far above the own term a pod's claim is believed: more than any history has had, far less than there is. */
    static final long MAX_LEAP = 1L << 32;

    private Terms() {}

    static long of(Lease lease) {
        var annotations = lease.getMetadata().getAnnotations();
        var text = annotations == null ? null : annotations.get(ANNOTATION);
        return Math.max(transitions(lease), parse(text));
    }

    static int transitions(Lease lease) {
        return Objects.requireNonNullElse(lease.getSpec().getLeaseTransitions(), 0);
    }

    // An annotation that somebody broke counts as absent: pods then say which term they have seen.
    private static long parse(@org.jspecify.annotations.Nullable String text) {
        try {
            return text == null ? 0 : Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
