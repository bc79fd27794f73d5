package dev.portico.operator.source.ingress;

import dev.portico.operator.model.Problems;
import dev.portico.operator.source.Matches;
import dev.portico.routetable.Match;
import dev.portico.routetable.PathMatch;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the path of a rule. */
final class Paths {
    private Paths() {}

    static @Nullable Match read(HTTPIngressPath path, String field, Problems problems) {
        var text = path.getPath() == null || path.getPath().isEmpty() ? "/" : path.getPath();
        var normal = Matches.normal(text, field + ".path", "Invalid", problems);
        if (normal == null) {
            return null;
        }
        var type = path.getPathType() == null ? "ImplementationSpecific" : path.getPathType();
        return switch (type) {
            case "Exact" -> match(new PathMatch(PathMatch.Kind.EXACT, normal));
            case "Prefix", "ImplementationSpecific" -> match(Matches.prefix(normal));
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
