package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** The log with one line per request. */
public record AccessLog(
        @Default("JSON")
        @JsonPropertyDescription(
                "JSON, Text or Disabled. Default JSON. Refused at apply otherwise. Authorization and Cookie are never logged. Since 0.1.")
        Format format,

        @Default("100")
        @Min(0)
        @Max(100)
        @JsonPropertyDescription(
                "Percentage of requests that are logged, 0-100. Default 100. Refused at apply otherwise. Since 0.1.")
        Integer samplingPercent) {
    /** What holds where the block is absent. */
    public static final AccessLog BY_DEFAULT = new AccessLog(Format.JSON, 100);

    public AccessLog {
        format = Absent.or(format, Format.JSON);
        samplingPercent = Absent.or(samplingPercent, 100);
    }

    /** How a line is written. */
    public enum Format {
        JSON,
        @JsonProperty("Text")
        TEXT,
        @JsonProperty("Disabled")
        DISABLED
    }
}
