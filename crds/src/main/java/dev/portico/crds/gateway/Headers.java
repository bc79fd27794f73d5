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

/** How large the head of a request may be. */
public record Headers(
        @Default("16Ki")
        @Pattern(Syntax.SIZE)
        @Size(min = 1, max = Syntax.SIZE_LENGTH)
        @ValidationRule(
                value =
                        "quantity(self).compareTo(quantity('1Ki')) >= 0 && quantity(self).compareTo(quantity('64Ki')) <= 0",
                message = "must be 1Ki to 64Ki")
        @JsonPropertyDescription(
                "Longest request line in bytes, on HTTP/2 longest :path, 1Ki-64Ki. Default 16Ki. Refused at apply otherwise; longer: 414. Since 0.1.")
        String maxLine,

        @Default("64Ki")
        @Pattern(Syntax.SIZE)
        @Size(min = 1, max = Syntax.SIZE_LENGTH)
        @ValidationRule(
                value =
                        "quantity(self).compareTo(quantity('4Ki')) >= 0 && quantity(self).compareTo(quantity('256Ki')) <= 0",
                message = "must be 4Ki to 256Ki")
        @JsonPropertyDescription(
                "Most bytes of all header lines together, 4Ki-256Ki; on HTTP/2 never more than 32Ki (RFC 9113, 6.5.2). Default 64Ki. Refused at apply otherwise; more: 431. Since 0.1.")
        String maxBytes,

        @Default("100")
        @Min(10)
        @Max(500)
        @JsonPropertyDescription(
                "Most header lines, 10-500; on HTTP/2 the parts of a split Cookie count one by one. Default 100. Refused at apply otherwise; more: 431. Since 0.1.")
        Integer maxCount) {
    /** What holds where the block is absent. */
    public static final Headers BY_DEFAULT = new Headers("16Ki", "64Ki", 100);

    public Headers {
        maxLine = Absent.or(maxLine, "16Ki");
        maxBytes = Absent.or(maxBytes, "64Ki");
        maxCount = Absent.or(maxCount, 100);
    }
}
