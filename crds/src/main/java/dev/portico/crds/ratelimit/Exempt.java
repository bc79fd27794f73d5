package dev.portico.crds.ratelimit;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import dev.portico.crds.schema.Shape;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Clients that a limit does not concern. */
@SchemaCustomizer(value = Shape.class, input = "cidrs=set")
public record Exempt(
        @Required
        @Size(min = 1, max = 256)
        @ValidationRule(value = Syntax.CIDRS, message = Syntax.CIDRS_MESSAGE)
        @JsonPropertyDescription(
                "Addresses of the clients, a set of 1-256 CIDRs or IP addresses. Required. Refused at apply otherwise. Since 0.1.")
        List<@Size(min = 1, max = Syntax.CIDR_LENGTH) String> cidrs) {
    public Exempt {
        cidrs = Absent.orEmpty(cidrs);
    }
}
