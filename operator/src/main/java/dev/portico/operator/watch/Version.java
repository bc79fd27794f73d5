package dev.portico.operator.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;

/** Which object of a name it is, and as of when. */
record Version(String uid, String resourceVersion) {
    static Version of(HasMetadata object) {
        return new Version(
                Objects.requireNonNullElse(object.getMetadata().getUid(), ""),
                Objects.requireNonNullElse(object.getMetadata().getResourceVersion(), ""));
    }

    /** Versions are numbers that grow (KEP-5504); of such as are none, or of two objects, the one at hand is the newer. */
    boolean isAfter(Version other) {
        try {
            return !uid.equals(other.uid) || Long.parseLong(resourceVersion) > Long.parseLong(other.resourceVersion);
        } catch (NumberFormatException e) {
            return !equals(other);
        }
    }
}
