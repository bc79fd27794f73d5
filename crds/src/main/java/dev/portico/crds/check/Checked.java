package dev.portico.crds.check;

import java.util.List;
import java.util.Map;

/**
 * The outcome of a check.
 *
 * @param object the object as the API server would store it: with defaults; only to be used if there are no findings
 */
public record Checked(Map<String, Object> object, List<Finding> findings) {
    public Checked {
        findings = List.copyOf(findings);
    }

    public boolean accepted() {
        return findings.isEmpty();
    }
}
