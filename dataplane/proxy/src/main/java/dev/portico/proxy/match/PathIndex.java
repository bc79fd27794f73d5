package dev.portico.proxy.match;

import dev.portico.proxy.match.Candidate.Ranked;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Candidates by path. Memory is what look-ups in large tables cost: hashes stand in an array of their own, so that a
 * probe which finds nothing touches nothing else, and a candidate is one object with all that is asked of it.
 */
final class PathIndex<T> {
    private final int[] hashes;
    private final @Nullable Candidate<T>[] candidates;
    private final int longest;
    private final @Nullable Candidate<T> root;

    private PathIndex(Map<String, Candidate<T>> byPath) {
        // At most two thirds full: short probes, and few lines of the cache.
        int size = Integer.highestOneBit(Math.max(1, byPath.size() * 3 / 2)) * 2;
        hashes = new int[size];
        candidates = empty(size);
        byPath.forEach((path, candidate) -> put(marked(path.hashCode()), candidate));
        longest = byPath.keySet().stream().mapToInt(String::length).max().orElse(0);
        root = byPath.get("");
    }

    /** Of paths that are compared as a whole. */
    static <T> PathIndex<T> exact(Map<String, List<Ranked<T>>> paths) {
        var byPath = new TreeMap<String, Candidate<T>>();
        paths.forEach((path, ranked) -> byPath.put(path, chain(path, ranked, null)));
        return new PathIndex<>(byPath);
    }

    /** Of prefixes as {@link Prefix#elements} gives them. */
    static <T> PathIndex<T> prefixes(Map<String, List<Ranked<T>>> prefixes) {
        // In the order of strings a prefix stands before everything that it covers.
        var byPath = new TreeMap<String, Candidate<T>>();
        new TreeMap<>(prefixes).forEach((path, ranked) -> byPath.put(path, chain(path, ranked, shorter(path, byPath))));
        return new PathIndex<>(byPath);
    }

    /** The most specific first. */
    private static <T> Candidate<T> chain(String path, List<Ranked<T>> ranked, @Nullable Candidate<T> last) {
        // One String for all hosts that have this path, which stays in the cache as they take turns.
        String shared = path.intern();
        Candidate<T> first = last;
        for (Ranked<T> one : ranked.stream().sorted().toList().reversed()) {
            first = new Candidate<>(shared, one.conditions(), one.route(), first);
        }
        if (first == null) {
            throw new IllegalArgumentException(path + " has no candidate, expected at least one");
        }
        return first;
    }

    private static <T> @Nullable Candidate<T> shorter(String path, Map<String, Candidate<T>> byPath) {
        for (int cut = path.lastIndexOf('/'); cut >= 0; cut = path.lastIndexOf('/', cut - 1)) {
            Candidate<T> covering = byPath.get(path.substring(0, cut));
            if (covering != null) {
                return covering;
            }
        }
        return null;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> @Nullable Candidate<T>[] empty(int size) {
        return new Candidate[size];
    }

    private void put(int hash, Candidate<T> candidate) {
        int slot = slot(hash);
        while (hashes[slot] != 0) {
            slot = next(slot);
        }
        hashes[slot] = hash;
        candidates[slot] = candidate;
    }

    /** What stands at the path itself. */
    @Nullable
    Candidate<T> at(String path) {
        return longest == 0 ? null : at(path, path.length(), marked(path.hashCode()), null);
    }

    /**
     * What stands at the longest path that is the path or covers it. One pass hashes the path and asks at each element's
     * end, without cutting it into strings.
     */
    @Nullable
    Candidate<T> longest(String path) {
        Candidate<T> found = root;
        int hash = 0;
        int end = Math.min(path.length(), longest + 1);
        for (int i = 0; i < end; i++) {
            char c = path.charAt(i);
            if (c == '/' && i > 0) {
                found = at(path, i, marked(hash), found);
            }
            // The same polynomial as String.hashCode's, which its specification gives.
            hash = 31 * hash + c;
        }
        return end == path.length() ? at(path, end, marked(hash), found) : found;
    }

    private @Nullable Candidate<T> at(String path, int length, int hash, @Nullable Candidate<T> otherwise) {
        for (int slot = slot(hash); hashes[slot] != 0; slot = next(slot)) {
            Candidate<T> candidate = hashes[slot] == hash ? candidates[slot] : null;
            if (candidate != null && candidate.path().length() == length && path.startsWith(candidate.path())) {
                return candidate;
            }
        }
        return otherwise;
    }

    private int slot(int hash) {
        return (hash ^ (hash >>> 15)) & (hashes.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (hashes.length - 1);
    }

    /** 0 stands for an empty slot. */
    private static int marked(int hash) {
        return hash == 0 ? 1 : hash;
    }
}
