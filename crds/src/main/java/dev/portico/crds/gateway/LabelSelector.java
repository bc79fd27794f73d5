package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import dev.portico.crds.schema.Shape;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** A condition on labels, of {@code meta/v1}; all parts must hold, an empty one covers everything. */
public record LabelSelector(
        @Size(max = 16)
        @JsonPropertyDescription(
                "Labels with their values, at most 16, values of at most 63 characters. Refused at apply otherwise. As in Kubernetes. Since 0.1.")
        Map<String, @Size(max = Syntax.LABEL_LENGTH) String> matchLabels,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Further conditions on labels, at most 16. Refused at apply otherwise. As in Kubernetes. Since 0.1.")
        List<Requirement> matchExpressions) {
    public LabelSelector {
        matchLabels = Absent.orEmpty(matchLabels);
        matchExpressions = Absent.orEmpty(matchExpressions);
    }

    /** A condition on one label. */
    @SchemaCustomizer(value = Shape.class, input = "values=set")
    @ValidationRule(
            value = "(self.operator in ['In', 'NotIn']) == (has(self.values) && size(self.values) > 0)",
            message = "values are required for the operators In and NotIn and only allowed there")
    public record Requirement(
            @Required
            @Size(min = 1, max = 317)
            @JsonPropertyDescription(
                    "Key of the label, 1-317 characters. Required. Refused at apply otherwise. As in Kubernetes. Since 0.1.")
            String key,

            @Required
            @JsonPropertyDescription(
                    "In, NotIn, Exists or DoesNotExist. Required. Refused at apply otherwise. As in Kubernetes. Since 0.1.")
            Operator operator,

            @Size(max = 16)
            @JsonPropertyDescription(
                    "Values, a set of at most 16, each of at most 63 characters. Required for In and NotIn and refused at apply elsewhere. As in Kubernetes. Since 0.1.")
            List<@Size(max = Syntax.LABEL_LENGTH) String> values) {
        public Requirement {
            values = Absent.orEmpty(values);
        }
    }

    /** How a label is compared. */
    public enum Operator {
        @JsonProperty("In")
        IN,
        @JsonProperty("NotIn")
        NOT_IN,
        @JsonProperty("Exists")
        EXISTS,
        @JsonProperty("DoesNotExist")
        DOES_NOT_EXIST
    }
}
