package dev.portico.proxy.pipeline;

import dev.portico.routetable.Timeouts;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What requests need of a route, made runnable when the table was loaded. Of thousands of routes none stays in the cache,
 * so that a request waits for each object that it has to fetch for its own: what is asked of each is here.
 */
public final class RunnableRoute {
    private static final int UNCOUNTED = -1;

    private final String id;
    private final Timeouts timeouts;
    private final List<Stage> stages;
    private final Ending ending;
    private int series = UNCOUNTED;
    private volatile byte @Nullable [] logged;

    public RunnableRoute(String id, Timeouts timeouts, List<Stage> stages, Ending ending) {
        this.id = id;
        // Most routes say nothing: they share one, which is always in the cache.
        this.timeouts = timeouts.equals(Timeouts.DEFAULT) ? Timeouts.DEFAULT : timeouts;
        this.stages = List.copyOf(stages);
        this.ending = ending;
    }

    public String id() {
        return id;
    }

    public Timeouts timeouts() {
        return timeouts;
    }

    public List<Stage> stages() {
        return stages;
    }

    public Ending ending() {
        return ending;
    }

    /**
     * The number of the series in which its requests are counted.
     *
     * @param byId gives the number for an id, always the same: event loops may ask at a time
     */
    public int series(ToIntFunction<String> byId) {
        int number = series;
        if (number == UNCOUNTED) {
            number = byId.applyAsInt(id);
            series = number;
        }
        return number;
    }

    /**
     * Its id as the access log has it.
     *
     * @param format makes that of the id, always the same: event loops may ask at a time
     */
    public byte[] logged(Function<String, byte[]> format) {
        byte[] text = logged;
        if (text == null) {
            text = format.apply(id);
            logged = text;
        }
        return text;
    }
}
