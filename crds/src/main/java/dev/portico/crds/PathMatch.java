package dev.portico.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A condition on the path, as it is after it was normalised. */
@ValidationRule(
        value = "self.type == 'RegularExpression' || self.value.startsWith('/')",
        message = "value must start with / for the types Exact and PathPrefix")
@ValidationRule(
        value = "self.type == 'RegularExpression' || !self.value.matches('//|/\\\\.\\\\.?(/|$)|%2[fF]|[?#]')",
        message = "value must not contain //, /./, /../, %2f, ? or # for the types Exact and PathPrefix")
@ValidationRule(
        value = "self.type != 'RegularExpression' || ''.matches(self.value) in [true, false]",
        message = "value of type RegularExpression must be an RE2 expression")
public record PathMatch(
        @Default("PathPrefix")
        @JsonPropertyDescription(
                "How value is compared: Exact; PathPrefix by whole elements (/a covers /a/b and not /ab); RegularExpression (RE2) against the whole path. Default PathPrefix. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        Type type,

        @Default("/")
        @Size(min = 1, max = Syntax.PATH_LENGTH)
        @JsonPropertyDescription(
                "The path, prefix or expression, 1-1024 characters. Default /. Exact and PathPrefix start with / and have no //, /./, /../, %2f, ? or #. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        String value) {
    public PathMatch {
        type = Absent.or(type, Type.PATH_PREFIX);
        value = Absent.or(value, "/");
    }

    /** How a path is compared. */
    public enum Type {
        @JsonProperty("Exact")
        EXACT,
        @JsonProperty("PathPrefix")
        PATH_PREFIX,
        @JsonProperty("RegularExpression")
        REGULAR_EXPRESSION
    }
}
