package dev.portico.operator.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map of which a changed copy costs one shard, and whose copies are compared by what they do not share.
 * Tens of thousands of objects of which one changes at a time are what it is for.
 */
public final class ShardedMap<K, V> {
    private static final int SHARDS = 512;

    private final Map<K, V>[] shards;
    private final int size;

    private ShardedMap(Map<K, V>[] shards, int size) {
        this.shards = shards;
        this.size = size;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    public static <K, V> ShardedMap<K, V> empty() {
        var shards = new Map[SHARDS];
        Arrays.fill(shards, Map.of());
        return new ShardedMap<>(shards, 0);
    }

    public @Nullable V get(K key) {
        return shards[shard(key)].get(key);
    }

    public int size() {
        return size;
    }

    public ShardedMap<K, V> with(K key, V value) {
        var shard = new HashMap<>(shards[shard(key)]);
        var before = shard.put(key, value);
        return replaced(shard(key), shard, before == null ? size + 1 : size);
    }

    public ShardedMap<K, V> without(K key) {
        if (get(key) == null) {
            return this;
        }
        var shard = new HashMap<>(shards[shard(key)]);
        shard.remove(key);
        return replaced(shard(key), shard, size - 1);
    }

    public void forEach(BiConsumer<? super K, ? super V> each) {
        for (Map<K, V> shard : shards) {
            shard.forEach(each);
        }
    }

    public boolean anyKey(Predicate<? super K> test) {
        return size > 0
                && Arrays.stream(shards)
                        .anyMatch(shard -> shard.keySet().stream().anyMatch(test));
    }

    /** Tells, of every key whose value is another object than in {@code older}, the older value and this one's. */
    @SuppressWarnings("ReferenceEquality") // what was not replaced is the same object: that is what makes it cheap
    public void changesSince(ShardedMap<K, V> older, Change<? super K, ? super V> change) {
        for (int i = 0; i < SHARDS; i++) {
            var before = older.shards[i];
            var after = shards[i];
            if (before == after) {
                continue;
            }
            after.forEach((key, value) -> {
                var was = before.get(key);
                if (was != value) {
                    change.changed(key, was, value);
                }
            });
            before.forEach((key, was) -> {
                if (!after.containsKey(key)) {
                    change.changed(key, was, null);
                }
            });
        }
    }

    private ShardedMap<K, V> replaced(int index, Map<K, V> shard, int newSize) {
        var copy = shards.clone();
        copy[index] = shard;
        return new ShardedMap<>(copy, newSize);
    }

    private static int shard(Object key) {
        var hash = key.hashCode();
        return (hash ^ (hash >>> 16) ^ (hash >>> 8)) & (SHARDS - 1);
    }

    /** A key and its values in two maps; null where it is absent. */
    @FunctionalInterface
    public interface Change<K, V> {
        void changed(K key, @Nullable V before, @Nullable V after);
    }
}
