package dev.portico.proxy.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HostPattern.Kind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class HostsTest {
    @Property(tries = 2000)
    void the_most_specific_pattern_answers(
            @ForAll("patterns") Set<HostPattern> patterns, @ForAll("names") String name) {
        assertThat(hosts(patterns).find(name)).isEqualTo(expected(patterns, name));
    }

    @Property(tries = 500)
    void what_is_removed_answers_no_more_and_the_rest_does(
            @ForAll("patterns") Set<HostPattern> first,
            @ForAll("patterns") Set<HostPattern> removed,
            @ForAll("names") String name) {
        Hosts<String> before = hosts(first);
        var changes = new HashMap<HostPattern, @Nullable String>();
        removed.forEach(pattern -> changes.put(pattern, null));
        Hosts<String> after = before.with(changes);
        Set<HostPattern> left =
                first.stream().filter(pattern -> !removed.contains(pattern)).collect(Collectors.toSet());
        assertThat(after.find(name)).isEqualTo(expected(left, name));
        assertThat(before.find(name)).isEqualTo(expected(first, name));
    }

    private static Hosts<String> hosts(Set<HostPattern> patterns) {
        Map<HostPattern, @Nullable String> values = new LinkedHashMap<>();
        patterns.forEach(pattern -> values.put(pattern, pattern.toString()));
        return Hosts.<String>none().with(values);
    }

    private static @Nullable String expected(Set<HostPattern> patterns, String name) {
        return patterns.stream()
                .filter(pattern -> covers(pattern, name))
                .min(Comparator.comparing(HostPattern::kind)
                        .thenComparingInt(pattern -> -pattern.name().length()))
                .map(HostPattern::toString)
                .orElse(null);
    }

    private static boolean covers(HostPattern pattern, String name) {
        String suffix = Pattern.quote(pattern.name());
        return switch (pattern.kind()) {
            case EXACT -> name.equals(pattern.name());
            case ONE_LABEL -> name.matches("[^.]+\\." + suffix);
            case LABELS -> name.matches("([^.]+\\.)+" + suffix);
            case ANY -> true;
        };
    }

    @Provide
    Arbitrary<Set<HostPattern>> patterns() {
        return Combinators.combine(Arbitraries.of(Kind.class), names())
                .as((kind, name) -> kind == Kind.ANY ? HostPattern.ANY : new HostPattern(kind, name))
                .set()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("a", "b", "aa").list().ofMinSize(1).ofMaxSize(4).map(labels -> String.join(".", labels));
    }
}
