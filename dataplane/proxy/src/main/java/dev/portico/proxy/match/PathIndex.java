package dev.portico.proxy.match;

import dev.portico.proxy.match.Candidate.Ranked;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Candidates by path: an array with open addressing, which stands in its owner itself. References are what look-ups in
 * large tables cost, each a line of the cache that another host has taken: from the array there is one to the candidate,
 * which is one object with all that is asked of it.
 */
final class PathIndex {
    /** 2^32 divided by the golden ratio, as an odd number. */
    private static final int GOLDEN = 0x9E3779B9;

    private PathIndex() {}

    /** Of paths that are compared as a whole. */
    static <T> @Nullable Candidate<T>[] exact(Map<String, List<Ranked<T>>> paths) {
        var byPath = new TreeMap<String, Candidate<T>>();
        paths.forEach((path, ranked) -> byPath.put(path, chain(path, ranked, null)));
        return index(byPath);
    }

    /** Of prefixes as {@link Prefix#elements} gives them. */
    static <T> @Nullable Candidate<T>[] prefixes(Map<String, List<Ranked<T>>> prefixes) {
        // In the order of strings a prefix stands before everything that it covers.
        var byPath = new TreeMap<String, Candidate<T>>();
        new TreeMap<>(prefixes).forEach((path, ranked) -> byPath.put(path, chain(path, ranked, shorter(path, byPath))));
        return index(byPath);
    }

    /** The most specific first. */
    private static <T> Candidate<T> chain(String path, List<Ranked<T>> ranked, @Nullable Candidate<T> last) {
        // One String for all hosts that have this path, which stays in the cache as they take turns.
        String shared = path.intern();
        Candidate<T> first = last;
        for (Ranked<T> one : ranked.stream().sorted().toList().reversed()) {
            first = new Candidate<>(shared, shared.hashCode(), one.conditions(), one.route(), first);
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

    /** At most half full, so that few probes meet the candidate of another path. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> @Nullable Candidate<T>[] index(Map<String, Candidate<T>> byPath) {
        int size = byPath.isEmpty() ? 1 : Integer.highestOneBit(2 * byPath.size() - 1) * 2;
        @Nullable Candidate<T>[] index = new Candidate[size];
        byPath.forEach((path, candidate) -> {
            int slot = slot(index, path.hashCode());
            while (index[slot] != null) {
                slot = next(index, slot);
            }
            index[slot] = candidate;
        });
        return index;
    }

    /** What stands at the path of this length and hash that the given one begins with. */
    static <T> @Nullable Candidate<T> at(@Nullable Candidate<T>[] index, String path, int length, int hash) {
        int slot = slot(index, hash);
        Candidate<T> candidate = index[slot];
        while (candidate != null && (candidate.hash() != hash || !stands(candidate.path(), path, length))) {
            slot = next(index, slot);
            candidate = index[slot];
        }
        return candidate;
    }

    private static boolean stands(String at, String path, int length) {
        return at.length() == length && path.startsWith(at);
    }

    /**
     * Where a path of this hash is looked for first. Paths that count up have hashes that count up, which would stand
     * side by side and push each other on; multiples of the golden ratio stand apart (Knuth, TAOCP 3, 6.4).
     */
    private static <T> int slot(@Nullable Candidate<T>[] index, int hash) {
        return (int) ((Integer.toUnsignedLong(hash * GOLDEN) * index.length) >>> Integer.SIZE);
    }

    private static <T> int next(@Nullable Candidate<T>[] index, int slot) {
        return (slot + 1) & (index.length - 1);
    }
}
