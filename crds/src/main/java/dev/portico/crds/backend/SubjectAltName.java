package dev.portico.crds.backend;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A name in a certificate, as Gateway API writes it. */
@ValidationRule(
        value = "[has(self.hostname), has(self.uri)].exists_one(x, x)",
        message = "set exactly one of hostname, uri")
@ValidationRule(
        value = "(self.type == 'Hostname') == has(self.hostname)",
        message = "hostname is required for type Hostname and only allowed there")
@ValidationRule(
        value = "(self.type == 'URI') == has(self.uri)",
        message = "uri is required for type URI and only allowed there")
public record SubjectAltName(
        @Required
        @JsonPropertyDescription("Hostname or URI. Required. Refused at apply otherwise. As in Gateway API. Since 0.1.")
        Type type,

        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.DNS_LENGTH)
        @JsonPropertyDescription(
                "A DNS name, 1-253 lower-case characters. Required for Hostname and refused at apply otherwise. As in Gateway API, without wildcard. Since 0.1.")
        @Nullable
        String hostname,

        @Pattern("^[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$")
        @Size(min = 3, max = 253)
        @JsonPropertyDescription(
                "A URI with its scheme, such as spiffe://shop/orders, 3-253 characters, compared as it is. Required for URI and refused at apply otherwise. As in Gateway API. Since 0.1.")
        @Nullable
        String uri) {
    /** What a name is of. */
    public enum Type {
        @JsonProperty("Hostname")
        HOSTNAME,
        @JsonProperty("URI")
        URI
    }
}
