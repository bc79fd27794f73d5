package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** The identifier that a request carries to the backend and into the access log. */
public record RequestId(
        @Default("X-Request-ID")
        @Pattern(Syntax.TOKEN)
        @Size(min = 1, max = Syntax.TOKEN_LENGTH)
        @JsonPropertyDescription(
                "Name of the header, a token of 1-256 characters (RFC 9110). Default X-Request-ID. Refused at apply otherwise. Since 0.1.")
        String header,

        @Default("KeepOrGenerate")
        @JsonPropertyDescription(
                "KeepOrGenerate: the client's is kept where it has one; Generate: always new; Disabled. Default KeepOrGenerate. Refused at apply otherwise. Since 0.1.")
        Mode mode) {
    /** What holds where the block is absent. */
    public static final RequestId BY_DEFAULT = new RequestId("X-Request-ID", Mode.KEEP_OR_GENERATE);

    public RequestId {
        header = Absent.or(header, "X-Request-ID");
        mode = Absent.or(mode, Mode.KEEP_OR_GENERATE);
    }

    /** Whose identifier is used. */
    public enum Mode {
        @JsonProperty("KeepOrGenerate")
        KEEP_OR_GENERATE,
        @JsonProperty("Generate")
        GENERATE,
        @JsonProperty("Disabled")
        DISABLED
    }
}
