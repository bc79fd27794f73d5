package dev.portico.proxy.pipeline;

import java.util.function.Supplier;

/** What outlives a table: counters of balancers, token buckets. Called by any thread. */
public interface KeyedState {
    /** The state of this type and id, made if there is none. Ids of different types do not meet. */
    <T> T get(Class<T> type, String id, Supplier<T> make);
}
