package dev.portico.proxy.match;

import com.google.re2j.Pattern;
import dev.portico.proxy.match.Candidate.Ranked;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.routetable.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a host, compiled.
 *
 * @param <T> what a route became
 */
public class HostRoutes<T> {
    private final @Nullable Object[] exact;
    private final List<Regex<T>> regexes;
    private final @Nullable Object[] prefixes;
    /** The place of the shortest prefix among them, or {@link PathIndex#NOWHERE}. */
    private final int root;

    private final int longestPrefix;

    private HostRoutes(
            Map<String, List<Ranked<T>>> exact, List<Regex<T>> regexes, Map<String, List<Ranked<T>>> prefixes) {
        this.exact = PathIndex.exact(exact);
        this.regexes = regexes.stream().sorted().toList();
        this.prefixes = PathIndex.prefixes(prefixes);
        this.root = PathIndex.at(this.prefixes, "", 0, "".hashCode());
        this.longestPrefix =
                prefixes.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    /** The same routes, for something that is more than they and costs no reference more. */
    protected HostRoutes(HostRoutes<T> same) {
        exact = same.exact;
        regexes = same.regexes;
        prefixes = same.prefixes;
        root = same.root;
        longestPrefix = same.longestPrefix;
    }

    public static <T> HostRoutes<T> compile(List<Route> routes, Function<Route, T> compile) {
        var exact = new HashMap<String, List<Ranked<T>>>();
        var prefixes = new HashMap<String, List<Ranked<T>>>();
        var regexes = new ArrayList<Regex<T>>();
        for (int order = 0; order < routes.size(); order++) {
            Route route = routes.get(order);
            String path = route.match().path().value();
            var candidate =
                    new Ranked<>(Summary.of(route.match(), order), Conditions.of(route.match()), compile.apply(route));
            switch (route.match().path().kind()) {
                case EXACT ->
                    exact.computeIfAbsent(path, _ -> new ArrayList<>()).add(candidate);
                case PREFIX ->
                    prefixes.computeIfAbsent(Prefix.elements(path), _ -> new ArrayList<>())
                            .add(candidate);
                case REGULAR_EXPRESSION -> regexes.add(new Regex<>(Pattern.compile(path), candidate));
            }
        }
        return new HostRoutes<>(exact, regexes, prefixes);
    }

    /** The most specific route that serves the request, or null. */
    public final @Nullable T find(RequestHead head) {
        String path = head.path();
        T found = first(exact, PathIndex.at(exact, path, path.length(), path.hashCode()), head);
        if (found != null) {
            return found;
        }
        for (int i = 0; i < regexes.size(); i++) {
            Regex<T> regex = regexes.get(i);
            if (regex.candidate.conditions().test(head) && regex.pattern.matches(path)) {
                return regex.candidate.route();
            }
        }
        return first(prefixes, longest(path), head);
    }

    /** The index was made of candidates of this type. */
    @SuppressWarnings("unchecked")
    private @Nullable T first(@Nullable Object[] index, int place, RequestHead head) {
        return (T) PathIndex.first(index, place, head);
    }

    /**
     * The place of the longest prefix that covers the path. One pass hashes the path and asks at each element's end,
     * without cutting it into strings.
     */
    private int longest(String path) {
        int found = root;
        int hash = 0;
        int end = Math.min(path.length(), longestPrefix + 1);
        for (int i = 0; i < end; i++) {
            char c = path.charAt(i);
            if (c == '/' && i > 0) {
                found = longer(path, i, hash, found);
            }
            // The same polynomial as String.hashCode's, which its specification gives.
            hash = 31 * hash + c;
        }
        return end == path.length() ? longer(path, end, hash, found) : found;
    }

    private int longer(String path, int length, int hash, int shorter) {
        int longer = PathIndex.at(prefixes, path, length, hash);
        return longer == PathIndex.NOWHERE ? shorter : longer;
    }

    private record Regex<T>(Pattern pattern, Ranked<T> candidate) implements Comparable<Regex<T>> {
        @Override
        public int compareTo(Regex<T> other) {
            return candidate.compareTo(other.candidate);
        }
    }
}
