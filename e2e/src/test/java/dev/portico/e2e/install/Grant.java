package dev.portico.e2e.install;

import dev.portico.e2e.cases.Tree;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A right, and where somebody has it.
 *
 * @param namespace empty: everywhere
 */
record Grant(String namespace, Right right) {
    /** Those that the chart gives, to its only service account. A binding to a role that is not the chart's is an error. */
    static List<Grant> of(Chart chart) {
        return chart.objects().stream()
                .filter(object -> object.text("kind").endsWith("RoleBinding"))
                .flatMap(binding -> of(binding, chart))
                .toList();
    }

    private static Stream<Grant> of(Tree binding, Chart chart) {
        Optional<Object> namespace = binding.find("metadata", "namespace");
        Tree role = chart.objects().stream()
                .filter(object -> object.is(binding.text("roleRef", "kind")))
                .filter(object -> object.text("metadata", "name").equals(binding.text("roleRef", "name")))
                .filter(object -> object.find("metadata", "namespace").equals(namespace))
                .findFirst()
                .orElseThrow();
        return Right.of(List.of(role)).stream().map(right -> new Grant((String) namespace.orElse(""), right));
    }

    boolean covers(Audit.Request request) {
        return (namespace.isEmpty() || namespace.equals(request.namespace()))
                && request.rights().stream().anyMatch(right::covers);
    }
}
