package dev.portico.crds.ratelimit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many requests of one kind may pass, counted by what. */
public record Limit(
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        @JsonPropertyDescription(
                "Name of the limit, a DNS label of 1-63 characters. It is the counter's identity: renaming starts at zero, changing numbers does not. Required. Refused at apply otherwise. Since 0.1.")
        String name,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Requests that count, at most 16 conditions of which one must hold. Absent: all. Refused at apply otherwise. Since 0.1.")
        List<RequestMatch> matches,

        @Size(max = 4)
        @JsonPropertyDescription(
                "What is counted apart, at most 4 attributes, joined. Absent: one counter for all. A request without the attribute counts with an empty one. Refused at apply otherwise. Since 0.1.")
        List<KeyAttribute> key,

        @JsonPropertyDescription(
                "How much of the address is the client, for ClientIP. Absent: as if every field had its default. Since 0.1.")
        ClientIpPrefix clientIPPrefix,

        @Required @JsonPropertyDescription("How many requests may pass. Required. Since 0.1.")
        Requests requests,

        @JsonPropertyDescription("Clients that neither count nor are refused. Absent: nobody. Since 0.1.") @Nullable
        Exempt exempt,

        @Default("Enforce")
        @JsonPropertyDescription(
                "Enforce, or Shadow: counts, logs and measures but never refuses. Default Enforce. Refused at apply otherwise. Since 0.1.")
        Mode mode,

        @Required
        @JsonPropertyDescription(
                "Replica: every replica of the data plane counts for itself. Required, and the only value so far. Refused at apply otherwise. Since 0.1.")
        Scope scope,

        @JsonPropertyDescription(
                "The answer to a refused request. Absent: as if every field had its default. Since 0.1.")
        Response response) {
    public Limit {
        matches = Absent.orEmpty(matches);
        key = Absent.orEmpty(key);
        clientIPPrefix = Absent.or(clientIPPrefix, new ClientIpPrefix(32, 64));
        mode = Absent.or(mode, Mode.ENFORCE);
        response = Absent.or(response, new Response(429, Response.Headers.RATE_LIMIT, null, null));
    }

    /** Whether the limit is enforced. */
    public enum Mode {
        @JsonProperty("Enforce")
        ENFORCE,
        @JsonProperty("Shadow")
        SHADOW
    }

    /** Whose requests are counted together. */
    public enum Scope {
        @JsonProperty("Replica")
        REPLICA
    }
}
