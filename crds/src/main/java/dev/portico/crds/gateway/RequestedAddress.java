package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An address that a load balancer is asked for. */
public record RequestedAddress(
        @Default("IPAddress")
        @JsonPropertyDescription("IPAddress. Default IPAddress. Refused at apply otherwise. Since 0.1.")
        Type type,

        @Required
        @Size(min = 1, max = Syntax.CIDR_LENGTH)
        @ValidationRule(value = "isIP(self)", message = "must be an IP address")
        @JsonPropertyDescription("The IP address. Required. Refused at apply otherwise. As in Gateway API. Since 0.1.")
        String value) {
    public RequestedAddress {
        type = Absent.or(type, Type.IP_ADDRESS);
    }

    /** What an address is. */
    public enum Type {
        @JsonProperty("IPAddress")
        IP_ADDRESS
    }
}
