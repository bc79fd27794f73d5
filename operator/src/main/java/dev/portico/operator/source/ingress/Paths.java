package dev.portico.operator.source.ingress;

import dev.portico.operator.model.Problems;
import dev.portico.operator.source.Matches;
import dev.portico.routetable.Match;
import dev.portico.routetable.PathMatch;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the path of a rule. */
final class Paths {
    /** What no normalised path contains, and so would never match. */
    private static final Pattern NOT_NORMAL = Pattern.compile("//|/\\.\\.?(/|$)|%2[fF]|[?#]");

    private Paths() {}

    static @Nullable Match read(HTTPIngressPath path, String field, Problems problems) {
        var text = path.getPath() == null || path.getPath().isEmpty() ? "/" : path.getPath();
        if (!text.startsWith("/") || NOT_NORMAL.matcher(text).find()) {
            problems.add(
                    field + ".path",
                    "Invalid",
                    "'" + text + "' is no path, expected one that starts with / and has no //, /./, /../, %2f, ? or #");
            return null;
        }
        var type = path.getPathType() == null ? "ImplementationSpecific" : path.getPathType();
        return switch (type) {
            case "Exact" -> match(new PathMatch(PathMatch.Kind.EXACT, text));
            case "Prefix", "ImplementationSpecific" -> match(Matches.prefix(text));
            default -> {
                problems.add(
                        field + ".pathType",
                        "Invalid",
                        "'" + type + "' is no path type, expected Exact, Prefix or ImplementationSpecific");
                yield null;
            }
        };
    }

    private static Match match(PathMatch path) {
        return new Match(path, null, List.of(), List.of(), List.of());
    }
}
