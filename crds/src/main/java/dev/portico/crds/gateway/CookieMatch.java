package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.MatchType;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A condition on a cookie of the request. */
public record CookieMatch(
        @Default("Exact")
        @JsonPropertyDescription(
                "How value is compared: Exact, or RegularExpression (RE2) against the whole value. Default Exact. Refused at apply otherwise. Since 0.1.")
        MatchType type,

        @Required
        @Pattern(Syntax.TOKEN)
        @Size(min = 1, max = Syntax.TOKEN_LENGTH)
        @JsonPropertyDescription(
                "Name of the cookie, case-sensitive, a token of 1-256 characters. Required. Refused at apply otherwise. Since 0.1.")
        String name,

        @Required
        @Pattern(Syntax.HEADER_VALUE)
        @Size(min = 1, max = Syntax.VALUE_LENGTH)
        @JsonPropertyDescription(
                "Value or expression, 1-4096 characters up to U+00FF without control characters. Required. Refused at apply otherwise; a bad expression: Accepted=False, UnsupportedValue. Since 0.1.")
        String value) {
    public CookieMatch {
        type = Absent.or(type, MatchType.EXACT);
    }
}
