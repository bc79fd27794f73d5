package dev.portico.standalone.admission;

import dev.portico.crds.check.Finding;
import dev.portico.standalone.yaml.Places;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Leaves out what only follows from another mistake of the same object: one mistake is one Problem, and mending it mends
 * what follows from it.
 */
final class Causes {
    private Causes() {}

    static List<Finding> of(List<Finding> findings, Places places) {
        var causes = new ArrayList<Finding>();
        var fields = new HashSet<String>();
        for (Finding finding : findings) {
            var follows =
                    findings.stream().anyMatch(other -> !other.equals(finding) && follows(finding, other, places));
            if (!follows && fields.add(finding.field())) {
                causes.add(finding);
            }
        }
        return causes.isEmpty() ? findings : causes;
    }

    private static boolean follows(Finding finding, Finding other, Places places) {
        var required = finding.kind() == Finding.Kind.REQUIRED;
        // A misspelt field is also an absent one.
        if (required
                && other.kind() == Finding.Kind.UNKNOWN_FIELD
                && parent(finding).equals(parent(other))) {
            return true;
        }
        // A default made of a wrong value is wrong as well.
        if (!required && !places.has(finding.field()) && places.has(other.field())) {
            return true;
        }
        return below(other.field(), finding.field());
    }

    /** Whether a field is inside another one: a whole is wrong because a part of it is. */
    private static boolean below(String field, String above) {
        return field.length() > above.length()
                && field.startsWith(above)
                && (above.isEmpty() || ".[".indexOf(field.charAt(above.length())) >= 0);
    }

    private static String parent(Finding finding) {
        var field = finding.field();
        var end = Math.max(field.lastIndexOf('.'), field.lastIndexOf('['));
        return end < 0 ? "" : field.substring(0, end);
    }
}
