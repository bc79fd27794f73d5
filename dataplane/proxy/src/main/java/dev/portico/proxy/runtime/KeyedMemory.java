package dev.portico.proxy.runtime;

import dev.portico.proxy.pipeline.KeyedState;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps state by type and id for as long as a table that serves, or a request that has not ended, holds on to it. A
 * table that replaces another finds the state of the former one here; what no table uses goes with the garbage, so
 * nothing grows with the number of swaps.
 */
public final class KeyedMemory implements KeyedState {
    private final ConcurrentMap<Key, Held> held = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> dropped = new ReferenceQueue<>();

    @Override
    public <T> T get(Class<T> type, String id, Supplier<T> make) {
        forgetDropped();
        var key = new Key(type, id);
        while (true) {
            Held reference = held.get(key);
            Object state = reference == null ? null : reference.get();
            if (state != null) {
                return type.cast(state);
            }
            T made = make.get();
            var fresh = new Held(key, made, dropped);
            boolean stored =
                    reference == null ? held.putIfAbsent(key, fresh) == null : held.replace(key, reference, fresh);
            if (stored) {
                return made;
            }
        }
    }

    /** Every state of a type that is in use, for metrics. */
    public <T> void forEach(Class<T> type, BiConsumer<String, T> consumer) {
        forgetDropped();
        held.forEach((key, reference) -> {
            @Nullable Object state = key.type == type ? reference.get() : null;
            if (state != null) {
                consumer.accept(key.id, type.cast(state));
            }
        });
    }

    int size() {
        forgetDropped();
        return held.size();
    }

    private void forgetDropped() {
        for (Reference<?> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
            if (gone instanceof Held reference) {
                held.remove(reference.key, reference);
            }
        }
    }

    private record Key(Class<?> type, String id) {}

    private static final class Held extends WeakReference<Object> {
        private final Key key;

        Held(Key key, Object state, ReferenceQueue<Object> queue) {
            super(state, queue);
            this.key = key;
        }
    }
}
