package dev.portico.proxy.match;

import com.google.re2j.Pattern;
import dev.portico.routetable.PathMatch;
import java.util.function.Predicate;

/** A condition on a path by itself, for those who need no index. */
public final class PathTest {
    private PathTest() {}

    public static Predicate<String> of(PathMatch match) {
        return switch (match.kind()) {
            case EXACT -> match.value()::equals;
            case REGULAR_EXPRESSION -> Pattern.compile(match.value())::matches;
            case PREFIX -> {
                String elements = Prefix.elements(match.value());
                yield path -> Prefix.covers(elements, path);
            }
        };
    }
}
