package dev.portico.operator.provision;

import dev.portico.operator.model.ObjectRef;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of each data plane; tells of what changes. */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Map<String, Made> byDataPlane = new ConcurrentHashMap<>();
    private final Runnable onChange;

    Journal(Runnable onChange) {
        this.onChange = onChange;
    }

    Progress progress() {
        return new Progress(false, byDataPlane);
    }

    void tell(ObjectRef gateway, String dataPlane, Made made) {
        var before = byDataPlane.put(dataPlane, made);
        if (made.equals(before)) {
            return;
        }
        var refusal = refusal(made);
        if (!refusal.equals(refusal(before))) {
            if (refusal.isEmpty()) {
                LOG.info("the data plane of {} is no longer refused", gateway);
            } else {
                LOG.warn("the data plane of {} cannot be made as it says: {}", gateway, refusal);
            }
        }
        onChange.run();
    }

    private static String refusal(@Nullable Made made) {
        return made != null && made.state() == Made.State.REFUSED ? made.why() : "";
    }

    /** Of others there is nothing more to be told. */
    void keep(Set<String> dataPlanes) {
        byDataPlane.keySet().retainAll(dataPlanes);
    }

    /** What was made may be undone by others while this process does not look. */
    void forget() {
        byDataPlane.clear();
    }
}
