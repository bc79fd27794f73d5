package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import dev.portico.crds.schema.Shape;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Changes of headers: set replaces, add appends a line, remove takes all lines away. */
@SchemaCustomizer(value = Shape.class, input = "set=name add=name remove=set")
public record HeaderModifier(
        @Size(max = 16)
        @JsonPropertyDescription(
                "Headers that are replaced, at most 16, keyed by name. Duplicates are refused at apply. As in HTTPRoute. Since 0.1.")
        List<HeaderValue> set,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Headers that get a further line, at most 16, keyed by name. Duplicates are refused at apply. As in HTTPRoute. Since 0.1.")
        List<HeaderValue> add,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Names of headers that are removed, a set of at most 16 tokens of 1-256 characters. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        List<@Pattern(Syntax.TOKEN) @Size(min = 1, max = Syntax.TOKEN_LENGTH) String> remove) {
    public HeaderModifier {
        set = Absent.orEmpty(set);
        add = Absent.orEmpty(add);
        remove = Absent.orEmpty(remove);
    }

    /** A header with its value. */
    public record HeaderValue(
            @Required
            @Pattern(Syntax.TOKEN)
            @Size(min = 1, max = Syntax.TOKEN_LENGTH)
            @JsonPropertyDescription(
                    "Name of the header, in any case, a token of 1-256 characters (RFC 9110). Required. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
            String name,

            @Required
            @Pattern(Syntax.HEADER_VALUE)
            @Size(min = 1, max = Syntax.VALUE_LENGTH)
            @JsonPropertyDescription(
                    "Value of the header, 1-4096 characters up to U+00FF without control characters. Required. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
            String value) {}
}
