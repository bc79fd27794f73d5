package dev.portico.crds.ratelimit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The answer to a refused request. */
public record Response(
        @Default("429")
        @ValidationRule(value = "self in [429, 503]", message = "must be 429 or 503")
        @JsonPropertyDescription(
                "Status: 429 or 503, with Retry-After. Default 429. Refused at apply otherwise. Since 0.1.")
        Integer statusCode,

        @Default("RateLimit")
        @JsonPropertyDescription(
                "Headers that tell of the limit: RateLimit (IETF draft), XRateLimit or None. Default RateLimit. Refused at apply otherwise. Since 0.1.")
        Headers headers,

        @Size(max = 4096)
        @JsonPropertyDescription(
                "Body, at most 4096 characters. Absent: Portico's own. Refused at apply otherwise. Since 0.1.")
        @Nullable
        String body,

        @Pattern(Syntax.MEDIA_TYPE)
        @Size(min = 3, max = 255)
        @JsonPropertyDescription(
                "Content-Type of body, 3-255 characters. Absent: text/plain. Refused at apply otherwise. Since 0.1.")
        @Nullable
        String contentType) {
    public Response {
        statusCode = Absent.or(statusCode, 429);
        headers = Absent.or(headers, Headers.RATE_LIMIT);
    }

    /** Which headers tell of the limit. */
    public enum Headers {
        @JsonProperty("RateLimit")
        RATE_LIMIT,
        @JsonProperty("XRateLimit")
        X_RATE_LIMIT,
        @JsonProperty("None")
        NONE
    }
}
