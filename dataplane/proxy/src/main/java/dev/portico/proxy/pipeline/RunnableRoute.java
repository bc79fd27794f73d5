package dev.portico.proxy.pipeline;

import dev.portico.routetable.Timeouts;
import java.util.List;

/** What requests need of a route, made runnable when the table was loaded. */
public record RunnableRoute(String id, Timeouts timeouts, List<Stage> stages, Ending ending) {
    public RunnableRoute {
        stages = List.copyOf(stages);
        // Most routes say nothing: they share one, which is always in the cache.
        timeouts = timeouts.equals(Timeouts.DEFAULT) ? Timeouts.DEFAULT : timeouts;
    }
}
