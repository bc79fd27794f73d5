package dev.portico.crds.backend;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Names a ConfigMap of the policy's own namespace. */
public record CaCertificateRef(
        @Required
        @JsonPropertyDescription(
                "Kind of what holds the certificates: ConfigMap. Required. Refused at apply otherwise. As in Gateway API. Since 0.1.")
        Kind kind,

        @Required
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.DNS_LENGTH)
        @JsonPropertyDescription(
                "Name of the ConfigMap, a DNS name of 1-253 characters. Required. Refused at apply otherwise. As in Gateway API. Since 0.1.")
        String name) {
    /** What can hold certificates of authorities. */
    public enum Kind {
        @JsonProperty("ConfigMap")
        CONFIG_MAP
    }
}
