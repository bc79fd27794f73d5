package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Taints of a node that pods put up with, of {@code core/v1}. */
@ValidationRule(
        value =
                "has(self.key) ? self.operator == 'Equal' || !has(self.value) : self.operator == 'Exists' && !has(self.value)",
        message = "operator Exists has no value, and without key the operator is Exists")
@ValidationRule(
        value = "!has(self.tolerationSeconds) || (has(self.effect) && self.effect == 'NoExecute')",
        message = "tolerationSeconds is only for effect NoExecute")
public record Toleration(
        @Pattern("^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$")
        @Size(min = 1, max = 317)
        @JsonPropertyDescription(
                "Key of the taint. Absent: every key, with operator Exists. Refused at apply otherwise. As in a pod. Since 0.1.")
        @Nullable
        String key,

        @Default("Equal")
        @JsonPropertyDescription("Equal or Exists. Default Equal. Refused at apply otherwise. As in a pod. Since 0.1.")
        Operator operator,

        @Pattern(Syntax.LABEL_VALUE)
        @Size(max = Syntax.LABEL_LENGTH)
        @JsonPropertyDescription(
                "Value of the taint. Absent: the empty one. Refused at apply otherwise, and with operator Exists. As in a pod. Since 0.1.")
        @Nullable
        String value,

        @JsonPropertyDescription(
                "NoSchedule, PreferNoSchedule or NoExecute. Absent: all of them. Refused at apply otherwise. As in a pod. Since 0.1.")
        @Nullable
        Effect effect,

        @Min(0)
        @JsonPropertyDescription(
                "Seconds that a pod stays on a node that gets the taint, at least 0. Absent: for good. Refused at apply otherwise, and with another effect than NoExecute. As in a pod. Since 0.1.")
        @Nullable
        Long tolerationSeconds) {
    public Toleration {
        operator = Absent.or(operator, Operator.EQUAL);
    }

    /** How a taint's value is compared. */
    public enum Operator {
        @JsonProperty("Equal")
        EQUAL,
        @JsonProperty("Exists")
        EXISTS
    }

    /** What a taint does. */
    public enum Effect {
        @JsonProperty("NoSchedule")
        NO_SCHEDULE,
        @JsonProperty("PreferNoSchedule")
        PREFER_NO_SCHEDULE,
        @JsonProperty("NoExecute")
        NO_EXECUTE
    }
}
