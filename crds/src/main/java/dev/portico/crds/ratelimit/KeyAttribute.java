package dev.portico.crds.ratelimit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A part of a request that is counted apart. */
@ValidationRule(
        value = "(self.type in ['Header', 'Cookie', 'QueryParam']) == has(self.name)",
        message = "name is required for the types Header, Cookie and QueryParam and only allowed there")
public record KeyAttribute(
        @Required
        @JsonPropertyDescription(
                "ClientIP, Header, Cookie, QueryParam, Host, Path or Method. Required. Refused at apply otherwise. Since 0.1.")
        Type type,

        @Pattern(Syntax.TOKEN)
        @Size(min = 1, max = Syntax.TOKEN_LENGTH)
        @JsonPropertyDescription(
                "Name of the header, cookie or query parameter, a token of 1-256 characters. Required for those types and refused at apply elsewhere. Since 0.1.")
        @Nullable
        String name) {
    /** What an attribute is taken from. */
    public enum Type {
        @JsonProperty("ClientIP")
        CLIENT_IP,
        @JsonProperty("Header")
        HEADER,
        @JsonProperty("Cookie")
        COOKIE,
        @JsonProperty("QueryParam")
        QUERY_PARAM,
        @JsonProperty("Host")
        HOST,
        @JsonProperty("Path")
        PATH,
        @JsonProperty("Method")
        METHOD
    }
}
