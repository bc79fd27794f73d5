package dev.portico.crds.ratelimit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A number of requests in a time. */
public record Requests(
        @Required
        @Min(1)
        @Max(1000000000)
        @JsonPropertyDescription(
                "Requests that may pass in per, 1-1000000000. Required. Refused at apply otherwise. Since 0.1.")
        Integer count,

        @Required
        @Pattern(Syntax.DURATION)
        @Size(min = 2, max = Syntax.DURATION_LENGTH)
        @ValidationRule(
                value = "duration(self) >= duration('1s') && duration(self) <= duration('744h')",
                message = "must be between 1s and 744h")
        @JsonPropertyDescription(
                "The time that count is for, a duration (1s, 1m) of 1s-744h. Required. Refused at apply otherwise. Since 0.1.")
        String per,

        @Min(0)
        @Max(1000000000)
        @JsonPropertyDescription(
                "Requests that may pass at once after a pause, 0-1000000000. Absent: count. Refused at apply otherwise. Since 0.1.")
        @Nullable
        Integer burst,

        @Default("TokenBucket")
        @JsonPropertyDescription(
                "TokenBucket: what was used comes back evenly over per. Default TokenBucket, the only value so far. Refused at apply otherwise. Since 0.1.")
        Algorithm algorithm) {
    public Requests {
        algorithm = Absent.or(algorithm, Algorithm.TOKEN_BUCKET);
    }

    /** How requests are counted. */
    public enum Algorithm {
        @JsonProperty("TokenBucket")
        TOKEN_BUCKET
    }
}
