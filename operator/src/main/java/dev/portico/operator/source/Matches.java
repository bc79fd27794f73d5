package dev.portico.operator.source;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.portico.crds.HeaderMatch;
import dev.portico.crds.MatchType;
import dev.portico.operator.model.Problems;
import dev.portico.routetable.PathMatch;
import dev.portico.routetable.ValueMatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads conditions on requests. A bad expression is a problem; what is returned then is not to be used. */
public final class Matches {
    public static final String UNSUPPORTED_VALUE = "UnsupportedValue";

    private Matches() {}

    public static PathMatch path(dev.portico.crds.PathMatch path, String field, Problems problems) {
        return switch (path.type()) {
            case EXACT -> new PathMatch(PathMatch.Kind.EXACT, literal(path.value(), field, problems));
            case PATH_PREFIX -> prefix(literal(path.value(), field, problems));
            case REGULAR_EXPRESSION -> {
                checkExpression(path.value(), field + ".value", problems);
                yield new PathMatch(PathMatch.Kind.REGULAR_EXPRESSION, path.value());
            }
        };
    }

    private static String literal(String path, String field, Problems problems) {
        var normal = normal(path, field + ".value", UNSUPPORTED_VALUE, problems);
        return normal == null ? path : normal;
    }

    /** A path as it is compared with those of requests; null where none can have it, which is a problem. */
    public static @Nullable String normal(String path, String field, String reason, Problems problems) {
        var normal = NormalPath.of(path);
        if (normal == null) {
            problems.add(field, reason, "'" + path + "' is no path of a request, expected " + NormalPath.EXPECTED);
        }
        return normal;
    }

    /** A prefix by elements, for which a slash at the end means nothing. */
    public static PathMatch prefix(String path) {
        var end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return new PathMatch(PathMatch.Kind.PREFIX, path.substring(0, end));
    }

    public static List<ValueMatch> headers(List<HeaderMatch> headers, String field, Problems problems) {
        var words = new ArrayList<ValueMatch>();
        for (HeaderMatch header : headers) {
            words.add(value(header.type(), header.name(), header.value(), field + "[" + words.size() + "]", problems));
        }
        return words;
    }

    public static ValueMatch value(MatchType type, String name, String value, String field, Problems problems) {
        return switch (type) {
            case EXACT -> new ValueMatch(ValueMatch.Kind.EXACT, name, value);
            case REGULAR_EXPRESSION -> {
                checkExpression(value, field + ".value", problems);
                yield new ValueMatch(ValueMatch.Kind.REGULAR_EXPRESSION, name, value);
            }
        };
    }

    private static void checkExpression(String expression, String field, Problems problems) {
        try {
            var _ = Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            problems.add(
                    field,
                    UNSUPPORTED_VALUE,
                    "'" + expression + "' is no RE2 expression: " + e.getDescription() + ", expected one as in RE2");
        }
    }
}
