package dev.portico.crds.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checks of an IngressClass. */
final class IngressClassRules implements KindRules {
    private static final Set<String> SCOPES = Set.of("Cluster", "Namespace");

    @Override
    public void complete(Map<String, @Nullable Object> object, Findings findings) {
        Map<String, @Nullable Object> spec = Types.map(object, "spec");
        if (spec.get("parameters") instanceof Map<?, ?> parameters) {
            Types.map(parameters).putIfAbsent("scope", "Cluster");
        }
    }

    @Override
    public void check(Map<String, @Nullable Object> object, Findings findings) {
        Map<String, @Nullable Object> spec = Types.map(object, "spec");
        String controller = Types.text(spec, "controller");
        if (controller == null || controller.isEmpty()) {
            findings.required("spec.controller");
        } else if (controller.indexOf('/') < 1 || controller.length() > 250) {
            findings.invalid("spec.controller", controller, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        }
        if (spec.get("parameters") != null) {
            parameters(Types.map(spec, "parameters"), findings);
        }
    }

    private static void parameters(Map<String, @Nullable Object> parameters, Findings findings) {
        for (String name : List.of("kind", "name")) {
            if (Types.text(parameters, name) == null) {
                findings.required("spec.parameters." + name);
            }
        }
        String scope = Types.text(parameters, "scope");
        String namespace = Types.text(parameters, "namespace");
        if (scope == null || !SCOPES.contains(scope)) {
            findings.unsupported("spec.parameters.scope", scope == null ? "" : scope, SCOPES);
        } else if (scope.equals("Namespace") && namespace == null) {
            findings.required("spec.parameters.namespace", "`parameters.scope` is set to 'Namespace'");
        } else if (scope.equals("Cluster") && namespace != null) {
            findings.invalid("spec.parameters.namespace", namespace, "`parameters.scope` is set to 'Cluster'");
        }
    }
}
