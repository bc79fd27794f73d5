package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How long a request may take. */
@ValidationRule(
        value =
                "!has(self.request) || !has(self.backendRequest) || duration(self.request) == duration('0s') || duration(self.backendRequest) <= duration(self.request)",
        message = "backendRequest must not be longer than request")
public record Timeouts(
        @Pattern(Syntax.DURATION)
        @Size(min = 2, max = Syntax.DURATION_LENGTH)
        @ValidationRule(value = Syntax.AT_MOST_A_DAY, message = Syntax.AT_MOST_A_DAY_MESSAGE)
        @JsonPropertyDescription(
                "From the request's head to the end of the response, a duration (10s, 1m30s) of at most 24h; 0s: no limit. Absent: no limit. Refused at apply otherwise; exceeded: 504. As in HTTPRoute. Since 0.1.")
        @Nullable
        String request,

        @Pattern(Syntax.DURATION)
        @Size(min = 2, max = Syntax.DURATION_LENGTH)
        @ValidationRule(value = Syntax.AT_MOST_A_DAY, message = Syntax.AT_MOST_A_DAY_MESSAGE)
        @JsonPropertyDescription(
                "One attempt at a backend, a duration (10s, 1m30s) of at most 24h and not longer than request; 0s: no limit. Absent: no limit. Refused at apply otherwise; exceeded: 504. As in HTTPRoute. Since 0.1.")
        @Nullable
        String backendRequest) {}
