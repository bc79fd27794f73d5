package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A Service of the Gateway's own namespace and its share of the requests. */
@ValidationRule(
        value = "self.group == '' && self.kind == 'Service'",
        message = "only group \"\" and kind Service can be a backend")
public record BackendRef(
        @Default("\"\"")
        @Size(max = Syntax.DNS_LENGTH)
        @JsonPropertyDescription(
                "API group of the backend; only the core group, which is empty. Default empty. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        String group,

        @Default("Service")
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        @JsonPropertyDescription(
                "Kind of the backend; only Service. Default Service. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        String kind,

        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        @JsonPropertyDescription(
                "Name of the Service in the Gateway's namespace, a DNS label of 1-63 characters. Required. Bad names are refused at apply; a missing Service: ResolvedRefs=False, BackendNotFound. As in HTTPRoute, without namespace. Since 0.1.")
        String name,

        @Required
        @Min(1)
        @Max(65535)
        @JsonPropertyDescription(
                "Port of the Service, 1-65535. Required. Outside: refused at apply; a port the Service does not have: ResolvedRefs=False, BackendNotFound. As in HTTPRoute. Since 0.1.")
        Integer port,

        @Default("1")
        @Min(0)
        @Max(1000000)
        @JsonPropertyDescription(
                "Share of the requests relative to the sum of weights, 0-1000000; 0: none. Default 1. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        Integer weight) {
    public BackendRef {
        group = Absent.or(group, "");
        kind = Absent.or(kind, "Service");
        weight = Absent.or(weight, 1);
    }
}
