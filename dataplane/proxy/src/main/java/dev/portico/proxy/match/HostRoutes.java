package dev.portico.proxy.match;

import com.google.re2j.Pattern;
import dev.portico.proxy.match.Candidate.Ranked;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.routetable.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a host, compiled.
 *
 * @param <T> what a route became
 */
public final class HostRoutes<T> {
    private final PathIndex<T> exact;
    private final List<Regex<T>> regexes;
    private final PathIndex<T> prefixes;

    private HostRoutes(PathIndex<T> exact, List<Regex<T>> regexes, PathIndex<T> prefixes) {
        this.exact = exact;
        this.regexes = regexes;
        this.prefixes = prefixes;
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
        return new HostRoutes<>(
                PathIndex.exact(exact), regexes.stream().sorted().toList(), PathIndex.prefixes(prefixes));
    }

    /** The most specific route that serves the request, or null. */
    public @Nullable T find(RequestHead head) {
        String path = head.path();
        T found = first(exact.at(path), head);
        if (found != null) {
            return found;
        }
        for (int i = 0; i < regexes.size(); i++) {
            Regex<T> regex = regexes.get(i);
            if (regex.candidate.conditions().test(head) && regex.pattern.matches(path)) {
                return regex.candidate.route();
            }
        }
        return first(prefixes.longest(path), head);
    }

    private static <T> @Nullable T first(@Nullable Candidate<T> mostSpecific, RequestHead head) {
        for (Candidate<T> candidate = mostSpecific; candidate != null; candidate = candidate.next()) {
            if (candidate.conditions().test(head)) {
                return candidate.route();
            }
        }
        return null;
    }

    private record Regex<T>(Pattern pattern, Ranked<T> candidate) implements Comparable<Regex<T>> {
        @Override
        public int compareTo(Regex<T> other) {
            return candidate.compareTo(other.candidate);
        }
    }
}
