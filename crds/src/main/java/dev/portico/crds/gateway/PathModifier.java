package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A new path: the whole of it, or the prefix that was matched. */
@ValidationRule(
        value = "[has(self.replaceFullPath), has(self.replacePrefixMatch)].exists_one(x, x)",
        message = "set exactly one of replaceFullPath, replacePrefixMatch")
@ValidationRule(
        value = "(self.type == 'ReplaceFullPath') == has(self.replaceFullPath)",
        message = "replaceFullPath is required for type ReplaceFullPath and only allowed there")
@ValidationRule(
        value = "(self.type == 'ReplacePrefixMatch') == has(self.replacePrefixMatch)",
        message = "replacePrefixMatch is required for type ReplacePrefixMatch and only allowed there")
public record PathModifier(
        @Required
        @JsonPropertyDescription(
                "ReplaceFullPath or ReplacePrefixMatch. Required, with the field of the same name. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        Type type,

        @Size(max = Syntax.PATH_LENGTH)
        @Pattern(Syntax.NEW_PATH)
        @JsonPropertyDescription(
                "The new path, at most 1024 printable characters, without ? and #; the query is kept. Only for its type. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        @Nullable
        String replaceFullPath,

        @Size(max = Syntax.PATH_LENGTH)
        @Pattern(Syntax.NEW_PATH)
        @JsonPropertyDescription(
                "What stands for the matched prefix, at most 1024 printable characters, without ? and #. Only for its type, in a route with exactly one match, of type PathPrefix. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        @Nullable
        String replacePrefixMatch) {
    /** What is replaced. */
    public enum Type {
        @JsonProperty("ReplaceFullPath")
        REPLACE_FULL_PATH,
        @JsonProperty("ReplacePrefixMatch")
        REPLACE_PREFIX_MATCH
    }
}
