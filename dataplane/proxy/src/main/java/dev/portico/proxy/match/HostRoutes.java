package dev.portico.proxy.match;

import com.google.re2j.Pattern;
import dev.portico.proxy.pipeline.RequestHead;
import dev.portico.routetable.Route;
import java.util.ArrayList;
import java.util.Collections;
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
public final class HostRoutes<T> {
    private final Map<String, List<Candidate<T>>> exact;
    private final List<Regex<T>> regexes;
    private final PrefixIndex<T> prefixes;

    private HostRoutes(Map<String, List<Candidate<T>>> exact, List<Regex<T>> regexes, PrefixIndex<T> prefixes) {
        this.exact = exact;
        this.regexes = regexes;
        this.prefixes = prefixes;
    }

    public static <T> HostRoutes<T> compile(List<Route> routes, Function<Route, T> compile) {
        var exact = new HashMap<String, List<Candidate<T>>>();
        var prefixes = new HashMap<String, List<Candidate<T>>>();
        var regexes = new ArrayList<Regex<T>>();
        for (int order = 0; order < routes.size(); order++) {
            Route route = routes.get(order);
            String path = route.match().path().value();
            var candidate = new Candidate<>(
                    Summary.of(route.match(), order), Conditions.of(route.match()), compile.apply(route));
            switch (route.match().path().kind()) {
                case EXACT ->
                    exact.computeIfAbsent(path, _ -> new ArrayList<>()).add(candidate);
                case PREFIX ->
                    prefixes.computeIfAbsent(Prefix.elements(path), _ -> new ArrayList<>())
                            .add(candidate);
                case REGULAR_EXPRESSION -> regexes.add(new Regex<>(Pattern.compile(path), candidate));
            }
        }
        exact.values().forEach(Collections::sort);
        prefixes.values().forEach(Collections::sort);
        Collections.sort(regexes);
        return new HostRoutes<>(exact, List.copyOf(regexes), PrefixIndex.of(prefixes));
    }

    /** The most specific route that serves the request, or null. */
    public @Nullable T find(RequestHead head) {
        String path = head.path();
        if (!exact.isEmpty()) {
            List<Candidate<T>> candidates = exact.get(path);
            T found = candidates == null ? null : first(candidates, head);
            if (found != null) {
                return found;
            }
        }
        for (int i = 0; i < regexes.size(); i++) {
            Regex<T> regex = regexes.get(i);
            if (regex.candidate.conditions().test(head) && regex.pattern.matches(path)) {
                return regex.candidate.route();
            }
        }
        for (PrefixIndex.Node<T> node = prefixes.longest(path); node != null; node = node.shorter) {
            T found = first(node.candidates, head);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static <T> @Nullable T first(List<Candidate<T>> mostSpecificFirst, RequestHead head) {
        for (int i = 0; i < mostSpecificFirst.size(); i++) {
            Candidate<T> candidate = mostSpecificFirst.get(i);
            if (candidate.conditions().test(head)) {
                return candidate.route();
            }
        }
        return null;
    }

    private record Regex<T>(Pattern pattern, Candidate<T> candidate) implements Comparable<Regex<T>> {
        @Override
        public int compareTo(Regex<T> other) {
            return candidate.compareTo(other.candidate);
        }
    }
}
