package dev.portico.operator.compile;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.ShardedMap;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The declarations of one kind's objects; an object is read again when it is another one than before. */
final class Readings<T, D> {
    private final Function<T, D> reader;
    private final Map<ObjectRef, D> declarations = new HashMap<>();
    private ShardedMap<ObjectRef, T> seen = ShardedMap.empty();
    private long reads;

    Readings(Function<T, D> reader) {
        this.reader = reader;
    }

    /** Which objects say something else now: a written status, say, changes an object and not what it declares. */
    Set<ObjectRef> update(ShardedMap<ObjectRef, T> now) {
        var changed = new HashSet<ObjectRef>();
        now.changesSince(seen, (ref, before, after) -> {
            if (after == null) {
                declarations.remove(ref);
                changed.add(ref);
            } else {
                reads++;
                var declaration = reader.apply(after);
                if (!declaration.equals(declarations.put(ref, declaration))) {
                    changed.add(ref);
                }
            }
        });
        seen = now;
        return changed;
    }

    @Nullable
    D get(ObjectRef ref) {
        return declarations.get(ref);
    }

    Collection<D> all() {
        return declarations.values();
    }

    Set<ObjectRef> refs() {
        return declarations.keySet();
    }

    /** How often an object was read, since the start. */
    long reads() {
        return reads;
    }
}
