package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;

/** Which Ingresses may attach to a listener. */
public record AllowedRoutes(
        @JsonPropertyDescription(
                "Namespaces whose Ingresses may attach. Absent: the Gateway's own. As in Gateway API. Since 0.1.")
        NamespaceSelection namespaces) {
    public AllowedRoutes {
        namespaces = Absent.or(namespaces, new NamespaceSelection(NamespaceSelection.From.SAME, null));
    }
}
