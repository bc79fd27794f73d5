package dev.portico.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A condition with the fields and bounds of {@code meta/v1}. */
public record Condition(
        @Required
        @Size(min = 1, max = 316)
        @Pattern(
                "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$")
        @JsonPropertyDescription(
                "What the condition is about: Accepted, ResolvedRefs, Programmed and others. Written by the operator. Since 0.1.")
        String type,

        @Required @JsonPropertyDescription("True, False or Unknown. Written by the operator. Since 0.1.")
        Status status,

        @Required
        @Size(min = 1, max = 1024)
        @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
        @JsonPropertyDescription("Why, in one CamelCase word. Written by the operator. Since 0.1.")
        String reason,

        @Required
        @Size(max = 32768)
        @JsonPropertyDescription("Why, for people; may be empty. Written by the operator. Since 0.1.")
        String message,

        @Min(0)
        @JsonPropertyDescription(
                "The metadata.generation that the condition speaks of. Written by the operator. Since 0.1.")
        long observedGeneration,

        @Required
        @Size(max = 40)
        @JsonPropertyDescription("When status last changed, RFC 3339. Written by the operator. Since 0.1.")
        String lastTransitionTime) {
    /** Whether the condition holds. */
    public enum Status {
        @JsonProperty("True")
        TRUE,
        @JsonProperty("False")
        FALSE,
        @JsonProperty("Unknown")
        UNKNOWN
    }
}
