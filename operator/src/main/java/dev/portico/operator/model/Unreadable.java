package dev.portico.operator.model;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/**
 * An object of ours that could not be decoded, and why. Its raw form tells at least what it is aimed at: a restriction
 * that cannot be read closes what it covers.
 */
public record Unreadable(GenericKubernetesResource raw, List<Problem> problems) {
    public Unreadable {
        problems = List.copyOf(problems);
    }

    /** Without what it holds: it may be a Secret. */
    @Override
    public String toString() {
        return "Unreadable" + problems;
    }
}
