package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import dev.portico.crds.schema.Shape;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Proxies in front of Portico whose word about the client is believed. */
@SchemaCustomizer(value = Shape.class, input = "cidrs=set")
public record TrustedProxies(
        @Required
        @Size(min = 1, max = 64)
        @ValidationRule(value = Syntax.CIDRS, message = Syntax.CIDRS_MESSAGE)
        @JsonPropertyDescription(
                "Addresses of the proxies, a set of 1-64 CIDRs or IP addresses. Required. Refused at apply otherwise. Since 0.1.")
        List<@Size(min = 1, max = Syntax.CIDR_LENGTH) String> cidrs,

        @Default("XForwardedFor")
        @JsonPropertyDescription(
                "Header that names the client: XForwardedFor, Forwarded or XRealIP. Default XForwardedFor. Refused at apply otherwise. Since 0.1.")
        Header header) {
    public TrustedProxies {
        cidrs = Absent.orEmpty(cidrs);
        header = Absent.or(header, Header.X_FORWARDED_FOR);
    }

    /** Where a trusted proxy names the client. */
    public enum Header {
        @JsonProperty("XForwardedFor")
        X_FORWARDED_FOR,
        @JsonProperty("Forwarded")
        FORWARDED,
        @JsonProperty("XRealIP")
        X_REAL_IP
    }
}
