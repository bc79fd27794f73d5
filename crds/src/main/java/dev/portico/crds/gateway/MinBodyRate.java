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

/** How slowly the body of a request may come. */
public record MinBodyRate(
        @Default("500")
        @Min(0)
        @Max(1000000)
        @JsonPropertyDescription(
                "Bytes per second that must have come on average, 0-1000000; 0: no limit. Default 500. Refused at apply otherwise; slower: 408. Not for application/grpc* over HTTP/2, upgrades and once the response's head was sent; time in which the backend takes nothing does not count. In HTTP/2 a frame (at most 16 KiB) that began to come must be whole within 30 s, whatever is said here; slower: GOAWAY. Since 0.1.")
        Integer rate,

        @Default("30s")
        @Pattern(Syntax.DURATION)
        @Size(min = 2, max = Syntax.DURATION_LENGTH)
        @ValidationRule(value = Syntax.A_SECOND_TO_AN_HOUR, message = Syntax.A_SECOND_TO_AN_HOUR_MESSAGE)
        @JsonPropertyDescription(
                "How long a body may come before rate is asked for, a duration (10s, 1m30s) of 1s-1h. Default 30s. Refused at apply otherwise. Since 0.1.")
        String after) {
    /** What holds where the block is absent. */
    public static final MinBodyRate BY_DEFAULT = new MinBodyRate(500, "30s");

    public MinBodyRate {
        rate = Absent.or(rate, 500);
        after = Absent.or(after, "30s");
    }
}
