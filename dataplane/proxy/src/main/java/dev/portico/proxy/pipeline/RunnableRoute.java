package dev.portico.proxy.pipeline;

import dev.portico.routetable.Route;
import java.util.List;

/** A route with everything made runnable when the table was loaded. */
public record RunnableRoute(Route route, List<Stage> stages, Ending ending) {
    public RunnableRoute {
        stages = List.copyOf(stages);
    }
}
