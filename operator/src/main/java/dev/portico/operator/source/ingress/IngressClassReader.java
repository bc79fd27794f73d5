package dev.portico.operator.source.ingress;

import dev.portico.operator.model.Age;
import dev.portico.operator.model.IngressClassDeclaration;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.Problems;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClassParametersReference;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an IngressClass. */
public final class IngressClassReader {
    private static final String DEFAULT = "ingressclass.kubernetes.io/is-default-class";

    private final String ourController;

    public IngressClassReader(String ourController) {
        this.ourController = ourController;
    }

    public IngressClassDeclaration read(IngressClass object) {
        var problems = new Problems(ObjectRef.of(object));
        var spec = object.getSpec();
        var controller = spec == null || spec.getController() == null ? "" : spec.getController();
        var parameters = spec == null || !controller.equals(ourController) ? null : spec.getParameters();
        var annotations = object.getMetadata().getAnnotations();
        return new IngressClassDeclaration(
                Origin.of(object),
                Age.of(object),
                controller,
                parameters == null ? null : gateway(parameters, problems),
                "true".equals((annotations == null ? Map.<String, String>of() : annotations).get(DEFAULT)),
                problems.found());
    }

    private static @Nullable ObjectRef gateway(IngressClassParametersReference parameters, Problems problems) {
        if (!ObjectRef.PORTICO.equals(parameters.getApiGroup()) || !"Gateway".equals(parameters.getKind())) {
            problems.add(
                    "spec.parameters",
                    "InvalidKind",
                    "parameters are a " + parameters.getKind() + " of '" + parameters.getApiGroup()
                            + "', expected a Gateway of portico.dev");
            return null;
        }
        if (!"Namespace".equals(parameters.getScope()) || parameters.getNamespace() == null) {
            problems.add(
                    "spec.parameters.scope",
                    "InvalidKind",
                    "scope is " + parameters.getScope() + ", expected Namespace and a namespace: Gateways have one");
            return null;
        }
        return ObjectRef.gateway(parameters.getNamespace(), parameters.getName());
    }
}
