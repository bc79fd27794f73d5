package dev.portico.proxy.match;

import dev.portico.routetable.Match;
import dev.portico.routetable.PathMatch;
import java.util.Comparator;

/**
 * How specific a match is, so that precedence is one comparison: of all routes that match a request the one with the
 * least summary serves. It depends on the declaration alone, which is why candidates can be sorted once.
 *
 * @param path how the path is compared, then the length of the value
 * @param order the place in the list of routes, the last word
 */
record Summary(PathRank path, boolean method, int headers, int queryParams, int cookies, int order)
        implements Comparable<Summary> {
    private static final Comparator<Summary> MOST_SPECIFIC_FIRST = Comparator.comparing(Summary::path)
            .thenComparing(Comparator.comparing(Summary::method).reversed())
            .thenComparing(Comparator.comparingInt(Summary::headers).reversed())
            .thenComparing(Comparator.comparingInt(Summary::queryParams).reversed())
            .thenComparing(Comparator.comparingInt(Summary::cookies).reversed())
            .thenComparingInt(Summary::order);

    static Summary of(Match match, int order) {
        return new Summary(
                PathRank.of(match.path()),
                match.method() != null,
                match.headers().size(),
                match.queryParams().size(),
                match.cookies().size(),
                order);
    }

    @Override
    public int compareTo(Summary other) {
        return MOST_SPECIFIC_FIRST.compare(this, other);
    }

    /** Exact, then regular expression, longer first, then prefix, longer first. */
    record PathRank(int kind, int length) implements Comparable<PathRank> {
        private static PathRank of(PathMatch path) {
            return switch (path.kind()) {
                case EXACT -> new PathRank(0, 0);
                case REGULAR_EXPRESSION -> new PathRank(1, path.value().length());
                case PREFIX -> new PathRank(2, Prefix.elements(path.value()).length());
            };
        }

        @Override
        public int compareTo(PathRank other) {
            return kind != other.kind ? Integer.compare(kind, other.kind) : Integer.compare(other.length, length);
        }
    }
}
