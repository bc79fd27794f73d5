package dev.portico.crds.ratelimit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.policy.TargetRef;
import dev.portico.crds.schema.Shape;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Where limits hold, and which. */
@SchemaCustomizer(value = Shape.class, input = "limits=name")
public record RateLimitSpec(
        @Required
        @Size(min = 1, max = 16)
        @JsonPropertyDescription(
                "What the limits hold for, 1-16 objects of this namespace or parts of them. Required. Refused at apply otherwise; what does not exist: Accepted=False, TargetNotFound. As in Gateway API. Since 0.1.")
        List<TargetRef> targetRefs,

        @Default("Overrides")
        @JsonPropertyDescription(
                "Overrides: a request must pass these limits and those of every other RateLimit that covers it. Defaults: a more specific RateLimit may replace a limit of the same name. Default Overrides. Refused at apply otherwise. Since 0.1.")
        MergeStrategy mergeStrategy,

        @Required
        @Size(min = 1, max = 16)
        @JsonPropertyDescription(
                "The limits, 1-16, keyed by name, all of which must let a request pass. Counted for each target apart. Required. Refused at apply otherwise. Since 0.1.")
        List<Limit> limits) {
    public RateLimitSpec {
        targetRefs = Absent.orEmpty(targetRefs);
        mergeStrategy = Absent.or(mergeStrategy, MergeStrategy.OVERRIDES);
        limits = Absent.orEmpty(limits);
    }

    /** How limits meet those of a more specific target. */
    public enum MergeStrategy {
        @JsonProperty("Overrides")
        OVERRIDES,
        @JsonProperty("Defaults")
        DEFAULTS
    }
}
