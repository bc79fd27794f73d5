package dev.portico.proxy.runtime;

import dev.portico.proxy.pipeline.Ending;
import dev.portico.routetable.Forward;
import dev.portico.routetable.Forward.Target;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Chooses among the targets of a route by weight, at random, so that loops share nothing. */
final class WeightedTargets implements Ending.Forwarding {
    /** Where there is but one, by the same String as in all routes, which stays in the cache as they take turns. */
    private final @Nullable String only;

    private final List<Target> targets;
    private final long total;

    WeightedTargets(Forward forward) {
        targets =
                forward.targets().stream().filter(target -> target.weight() > 0).toList();
        total = targets.stream().mapToLong(Target::weight).sum();
        String alone = targets.size() == 1 ? targets.getFirst().upstream() : null;
        only = alone == null ? null : alone.intern();
    }

    @Override
    public @Nullable String next() {
        if (only != null || total == 0) {
            return only;
        }
        long chosen = ThreadLocalRandom.current().nextLong(total);
        int i = 0;
        for (; chosen >= targets.get(i).weight(); i++) {
            chosen -= targets.get(i).weight();
        }
        return targets.get(i).upstream();
    }
}
