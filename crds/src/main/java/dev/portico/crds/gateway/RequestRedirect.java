package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A redirect; what is absent is taken from the request. */
public record RequestRedirect(
        @JsonPropertyDescription(
                "http or https. Absent: the scheme of the request. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        @Nullable
        Scheme scheme,

        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.DNS_LENGTH)
        @ValidationRule(value = "!isIP(self)", message = "must be a DNS name, not an IP address")
        @JsonPropertyDescription(
                "Hostname of the target, 1-253 lower-case characters. Absent: that of the request. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        @Nullable
        String hostname,

        @JsonPropertyDescription("Path of the target. Absent: that of the request. As in HTTPRoute. Since 0.1.")
        @Nullable
        PathModifier path,

        @Min(1)
        @Max(65535)
        @JsonPropertyDescription(
                "Port of the target, 1-65535. Absent: the usual one of scheme where that is given, else the listener's. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        @Nullable
        Integer port,

        @Default("302")
        @ValidationRule(value = "self in [301, 302, 303, 307, 308]", message = "must be 301, 302, 303, 307 or 308")
        @JsonPropertyDescription(
                "Status of the redirect: 301, 302, 303, 307 or 308. Default 302. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        Integer statusCode) {
    public RequestRedirect {
        statusCode = Absent.or(statusCode, 302);
    }

    /** Scheme of a redirect's target. */
    public enum Scheme {
        @JsonProperty("http")
        HTTP,
        @JsonProperty("https")
        HTTPS
    }
}
