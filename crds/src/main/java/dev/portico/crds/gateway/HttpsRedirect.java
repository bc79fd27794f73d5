package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** How plain HTTP is sent to HTTPS. */
public record HttpsRedirect(
        @Default("308")
        @ValidationRule(value = "self in [301, 302, 307, 308]", message = "must be 301, 302, 307 or 308")
        @JsonPropertyDescription(
                "Status of the redirect: 301, 302, 307 or 308. Default 308, which keeps the method. Refused at apply otherwise. Since 0.1.")
        Integer statusCode,

        @Default("443")
        @Min(1)
        @Max(65535)
        @JsonPropertyDescription(
                "Port of the target, 1-65535. Default 443, which is not written into the Location. Refused at apply otherwise. Since 0.1.")
        Integer port) {
    public HttpsRedirect {
        statusCode = Absent.or(statusCode, 308);
        port = Absent.or(port, 443);
    }
}
