package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import io.fabric8.generator.annotation.Default;

/** How doubtful requests are treated, once, before routing. */
public record Normalization(
        @Default("Reject")
        @JsonPropertyDescription(
                "A path with %2f or %5c: Reject (400), Keep as it is, or Unescape before routing. Default Reject. Refused at apply otherwise. Since 0.1.")
        EscapedSlashes escapedSlashes,

        @Default("Drop")
        @JsonPropertyDescription(
                "A header with an underscore in its name: Drop it, Reject the request (400), or Allow. Default Drop. Refused at apply otherwise. Since 0.1.")
        UnderscoreHeaders underscoreHeaders) {
    /** What holds where the block is absent. */
    public static final Normalization BY_DEFAULT = new Normalization(EscapedSlashes.REJECT, UnderscoreHeaders.DROP);

    public Normalization {
        escapedSlashes = Absent.or(escapedSlashes, EscapedSlashes.REJECT);
        underscoreHeaders = Absent.or(underscoreHeaders, UnderscoreHeaders.DROP);
    }

    /** What becomes of an escaped slash in a path. */
    public enum EscapedSlashes {
        @JsonProperty("Reject")
        REJECT,
        @JsonProperty("Keep")
        KEEP,
        @JsonProperty("Unescape")
        UNESCAPE
    }

    /** What becomes of a header with an underscore in its name. */
    public enum UnderscoreHeaders {
        @JsonProperty("Drop")
        DROP,
        @JsonProperty("Reject")
        REJECT,
        @JsonProperty("Allow")
        ALLOW
    }
}
