package dev.portico.routetable;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes the request to one of the targets, chosen by weight. */
public record Forward(List<Target> targets) implements Action {
    public Forward {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("targets is empty, expected at least one");
        }
    }

    /**
     * A share of the requests.
     *
     * @param upstream the id of an {@link Upstream}; absent where the user named one that cannot serve: its share is
     *     answered 500 (Gateway API, HTTPBackendRef)
     * @param weight 0 to 1,000,000; where all are 0 every request is answered 500
     */
    public record Target(@Nullable String upstream, int weight) {
        public Target {
            Check.range("weight", weight, 0, 1_000_000);
        }
    }
}
