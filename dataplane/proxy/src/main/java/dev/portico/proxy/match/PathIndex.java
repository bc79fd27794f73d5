package dev.portico.proxy.match;

import dev.portico.proxy.match.Candidate.Ranked;
import dev.portico.proxy.pipeline.RequestHead;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Candidates by path: an array with open addressing, which stands in its owner itself. References are what look-ups in
 * large tables cost, each a line of the cache that another path or host has taken: so the array has what is asked of a
 * path's first candidate side by side, and no reference to that candidate.
 */
final class PathIndex {
    /** Where no path stands. */
    static final int NOWHERE = -1;

    /** How many entries of the array a path has. The first is null where none stands. */
    static final int WIDTH = 4;

    private static final int PATH = 0;
    private static final int CONDITIONS = 1;
    private static final int ROUTE = 2;
    /** The candidate to try after the first one. */
    private static final int SECOND = 3;

    /** 2^32 divided by the golden ratio, as an odd number. */
    private static final int GOLDEN = 0x9E3779B9;

    private PathIndex() {}

    /** Of paths that are compared as a whole. */
    static <T> @Nullable Object[] exact(Map<String, List<Ranked<T>>> paths) {
        var byPath = new TreeMap<String, Candidate<T>>();
        paths.forEach((path, ranked) -> byPath.put(path, chain(path, ranked, null)));
        return index(byPath);
    }

    /** Of prefixes as {@link Prefix#elements} gives them. */
    static <T> @Nullable Object[] prefixes(Map<String, List<Ranked<T>>> prefixes) {
        // In the order of strings a prefix stands before everything that it covers.
        var byPath = new TreeMap<String, Candidate<T>>();
        new TreeMap<>(prefixes).forEach((path, ranked) -> byPath.put(path, chain(path, ranked, shorter(path, byPath))));
        return index(byPath);
    }

    /** The most specific first. */
    private static <T> Candidate<T> chain(String path, List<Ranked<T>> ranked, @Nullable Candidate<T> last) {
        Candidate<T> first = last;
        for (Ranked<T> one : ranked.stream().sorted().toList().reversed()) {
            first = new Candidate<>(one.conditions(), one.route(), first);
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

    /** At most half full, so that few probes meet another path. */
    private static <T> @Nullable Object[] index(Map<String, Candidate<T>> byPath) {
        int places = byPath.isEmpty() ? 1 : Integer.highestOneBit(2 * byPath.size() - 1) * 2;
        @Nullable Object[] index = new Object[places * WIDTH];
        byPath.forEach((path, first) -> {
            int place = home(index, path.hashCode());
            while (index[place + PATH] != null) {
                place = following(index, place);
            }
            // One String for all hosts that have this path, which stays in the cache as they take turns.
            index[place + PATH] = path.intern();
            index[place + CONDITIONS] = first.conditions();
            index[place + ROUTE] = first.route();
            index[place + SECOND] = first.next();
        });
        return index;
    }

    /** The place of the path of this length and hash that the given one begins with, or {@link #NOWHERE}. */
    static int at(@Nullable Object[] index, String path, int length, int hash) {
        int place = home(index, hash);
        String stands = (String) index[place + PATH];
        while (stands != null) {
            if (stands.hashCode() == hash && stands.length() == length && path.startsWith(stands)) {
                return place;
            }
            place = following(index, place);
            stands = (String) index[place + PATH];
        }
        return NOWHERE;
    }

    /** The most specific route at a place whose conditions hold, or null. */
    static @Nullable Object first(@Nullable Object[] index, int place, RequestHead head) {
        if (place == NOWHERE) {
            return null;
        }
        Conditions conditions = (Conditions) Objects.requireNonNull(index[place + CONDITIONS]);
        return conditions.test(head)
                ? index[place + ROUTE]
                : Candidate.first((Candidate<?>) index[place + SECOND], head);
    }

    /**
     * Where a path of this hash is looked for first. Paths that count up have hashes that count up, which would stand
     * side by side and push each other on; multiples of the golden ratio stand apart (Knuth, TAOCP 3, 6.4).
     */
    private static int home(@Nullable Object[] index, int hash) {
        int places = index.length / WIDTH;
        return (int) ((Integer.toUnsignedLong(hash * GOLDEN) * places) >>> Integer.SIZE) * WIDTH;
    }

    private static int following(@Nullable Object[] index, int place) {
        return (place + WIDTH) & (index.length - 1);
    }
}
