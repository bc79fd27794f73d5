package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import dev.portico.crds.schema.Shape;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** What a pod asks for and may use, as core's ResourceRequirements. */
@SchemaCustomizer(value = Shape.class, input = "requests=quantities limits=quantities")
public record Resources(
        @Size(max = 8)
        @ValidationRule(value = Syntax.KEYS, message = Syntax.KEYS_MESSAGE)
        @JsonPropertyDescription(
                "Quantities that a node must have for a pod, by resource, at most 8. Absent: as limits, where those say something; with autoscaling 100m of CPU where neither says any. Refused at apply otherwise. As in a container. Since 0.1.")
        Map<String, Quantity> requests,

        @Size(max = 8)
        @ValidationRule(value = Syntax.KEYS, message = Syntax.KEYS_MESSAGE)
        @JsonPropertyDescription(
                "Quantities beyond which a pod gets no more, by resource, at most 8. Absent: no limits. Refused at apply otherwise. As in a container. Since 0.1.")
        Map<String, Quantity> limits) {
    /** What holds where the block is absent. */
    public static final Resources BY_DEFAULT = new Resources(
            Map.of("cpu", new Quantity("100m"), "memory", new Quantity("256Mi")),
            Map.of("memory", new Quantity("1Gi")));

    public Resources {
        requests = Absent.orEmpty(requests);
        limits = Absent.orEmpty(limits);
    }
}
