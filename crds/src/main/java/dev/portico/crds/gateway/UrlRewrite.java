package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A change of hostname and path before the request is forwarded. */
public record UrlRewrite(
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.DNS_LENGTH)
        @ValidationRule(value = "!isIP(self)", message = "must be a DNS name, not an IP address")
        @JsonPropertyDescription(
                "Host that the backend sees, 1-253 lower-case characters. Absent: unchanged. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        @Nullable
        String hostname,

        @JsonPropertyDescription("Path that the backend sees. Absent: unchanged. As in HTTPRoute. Since 0.1.") @Nullable
        PathModifier path) {}
