package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What one HTTP/2 connection may do. */
public record Http2(
        @Default("100")
        @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
                "Requests at the same time, 1-1000. Default 100. Refused at apply otherwise; one more is refused with REFUSED_STREAM. Since 0.1.")
        Integer maxConcurrentStreams,

        @Default("200")
        @Min(10)
        @Max(10000)
        @JsonPropertyDescription(
                "Requests that a client may reset, or break so that they must be reset, within resetWindow, 10-10000. Default 200. Refused at apply otherwise; more: GOAWAY with ENHANCE_YOUR_CALM, and the connection ends. Since 0.1.")
        Integer maxResets,

        @Default("30s")
        @Pattern(Syntax.DURATION)
        @Size(min = 2, max = Syntax.DURATION_LENGTH)
        @ValidationRule(value = Syntax.A_SECOND_TO_AN_HOUR, message = Syntax.A_SECOND_TO_AN_HOUR_MESSAGE)
        @JsonPropertyDescription(
                "Time in which maxResets are counted, a duration (10s, 1m30s) of 1s-1h. Default 30s. Refused at apply otherwise. Since 0.1.")
        String resetWindow) {
    /** What holds where the block is absent. */
    public static final Http2 BY_DEFAULT = new Http2(100, 200, "30s");

    public Http2 {
        maxConcurrentStreams = Absent.or(maxConcurrentStreams, 100);
        maxResets = Absent.or(maxResets, 200);
        resetWindow = Absent.or(resetWindow, "30s");
    }
}
