package dev.portico.crds.backend;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Names a Service of the policy's own namespace, or one of its ports. */
@ValidationRule(
        value = "self.group == '' && self.kind == 'Service'",
        message = "target must be a Service of group \"\"")
public record ServiceRef(
        @Required
        @Size(max = Syntax.DNS_LENGTH)
        @JsonPropertyDescription(
                "API group of the target: the empty text. Required. Refused at apply otherwise. As in Gateway API. Since 0.1.")
        String group,

        @Required
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        @JsonPropertyDescription(
                "Kind of the target: Service. Required. Refused at apply otherwise. As in Gateway API. Since 0.1.")
        String kind,

        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        @JsonPropertyDescription(
                "Name of the Service in the policy's namespace, a DNS label of 1-63 characters. Required. Bad names are refused at apply; a missing Service: Accepted=False, TargetNotFound. As in Gateway API. Since 0.1.")
        String name,

        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        @JsonPropertyDescription(
                "Name of one port of the Service. Absent: all of them. Bad names are refused at apply; a missing port: Accepted=False, TargetNotFound. As in Gateway API. Since 0.1.")
        @Nullable
        String sectionName) {}
