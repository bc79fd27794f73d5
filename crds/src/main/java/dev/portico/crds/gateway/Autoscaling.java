package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** How the number of pods follows their load. */
@ValidationRule(
        value = "self.minReplicas <= self.maxReplicas",
        message = "minReplicas must not be more than maxReplicas",
        fieldPath = ".minReplicas")
public record Autoscaling(
        @Default("2")
        @Min(1)
        @Max(100)
        @JsonPropertyDescription(
                "Number of pods that there are at least, 1-100. Default 2. Refused at apply otherwise, and if it is more than maxReplicas. Since 0.1.")
        Integer minReplicas,

        @Required
        @Min(1)
        @Max(100)
        @JsonPropertyDescription(
                "Number of pods that there are at most, 1-100. Required. Refused at apply otherwise. Since 0.1.")
        Integer maxReplicas,

        @Default("70")
        @Min(10)
        @Max(95)
        @JsonPropertyDescription(
                "Percentage of the CPU that a pod asks for, 10-95; beyond it there will be more pods. Default 70. Refused at apply otherwise. Since 0.1.")
        Integer cpuPercent) {
    public Autoscaling {
        minReplicas = Absent.or(minReplicas, 2);
        cpuPercent = Absent.or(cpuPercent, 70);
    }
}
