package dev.portico.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the value of a header, query parameter or cookie is compared. */
public enum MatchType {
    @JsonProperty("Exact")
    EXACT,
    @JsonProperty("RegularExpression")
    REGULAR_EXPRESSION
}
