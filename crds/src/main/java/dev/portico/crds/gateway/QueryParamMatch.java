package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.MatchType;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A condition on a query parameter; of a repeated one the first counts. */
public record QueryParamMatch(
        @Default("Exact")
        @JsonPropertyDescription(
                "How value is compared: Exact, or RegularExpression (RE2) against the whole value. Default Exact. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        MatchType type,

        @Required
        @Pattern(Syntax.TOKEN)
        @Size(min = 1, max = Syntax.TOKEN_LENGTH)
        @JsonPropertyDescription(
                "Name of the parameter, case-sensitive, a token of 1-256 characters. Required. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        String name,

        @Required
        @Size(min = 1, max = 1024)
        @JsonPropertyDescription(
                "Value or expression, 1-1024 characters. Required. Refused at apply otherwise; a bad expression: Accepted=False, UnsupportedValue. As in HTTPRoute. Since 0.1.")
        String value) {
    public QueryParamMatch {
        type = Absent.or(type, MatchType.EXACT);
    }
}
