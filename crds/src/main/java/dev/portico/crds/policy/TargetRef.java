package dev.portico.crds.policy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Names an object of the policy's own namespace, or a part of it. */
@ValidationRule(
        value =
                "(self.group == 'portico.dev' && self.kind == 'Gateway') || (self.group == 'networking.k8s.io' && self.kind == 'Ingress')",
        message = "target must be a Gateway of portico.dev or an Ingress of networking.k8s.io")
public record TargetRef(
        @Required
        @Size(max = Syntax.DNS_LENGTH)
        @JsonPropertyDescription(
                "API group of the target: portico.dev or networking.k8s.io. Required. Refused at apply otherwise. As in Gateway API. Since 0.1.")
        String group,

        @Required
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        @JsonPropertyDescription(
                "Kind of the target: Gateway (portico.dev) or Ingress (networking.k8s.io). Required. Refused at apply otherwise. As in Gateway API. Since 0.1.")
        String kind,

        @Required
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.DNS_LENGTH)
        @JsonPropertyDescription(
                "Name of the target in the policy's namespace, a DNS name of 1-253 characters. Required. Bad names are refused at apply; a missing target: Accepted=False, TargetNotFound. As in Gateway API. Since 0.1.")
        String name,

        @Pattern(Syntax.HOSTNAME)
        @Size(min = 1, max = Syntax.DNS_LENGTH)
        @JsonPropertyDescription(
                "Part of the target: a listener or route of a Gateway, a host of an Ingress as its rule writes it. Absent: all of it. Bad names are refused at apply; a missing part: Accepted=False, TargetNotFound. As in Gateway API. Since 0.1.")
        @Nullable
        String sectionName) {}
