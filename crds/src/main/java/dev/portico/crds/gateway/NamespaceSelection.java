package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A set of namespaces. */
@ValidationRule(
        value = "(self.from == 'Selector') == has(self.selector)",
        message = "selector is required for from Selector and only allowed there")
public record NamespaceSelection(
        @Default("Same")
        @JsonPropertyDescription(
                "Same (the Gateway's own), All, or Selector. Default Same. Refused at apply otherwise. As in Gateway API. Since 0.1.")
        From from,

        @JsonPropertyDescription(
                "Labels of the namespaces. Required for from Selector and refused at apply elsewhere. As in Gateway API. Since 0.1.")
        @Nullable
        LabelSelector selector) {
    public NamespaceSelection {
        from = Absent.or(from, From.SAME);
    }

    /** How namespaces are chosen. */
    public enum From {
        @JsonProperty("Same")
        SAME,
        @JsonProperty("All")
        ALL,
        @JsonProperty("Selector")
        SELECTOR
    }
}
