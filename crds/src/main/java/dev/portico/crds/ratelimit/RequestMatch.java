package dev.portico.crds.ratelimit;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.HeaderMatch;
import dev.portico.crds.Method;
import dev.portico.crds.PathMatch;
import dev.portico.crds.schema.Shape;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on requests that count; all parts that are given must hold. */
@SchemaCustomizer(value = Shape.class, input = "methods=set")
public record RequestMatch(
        @Size(min = 1, max = 8)
        @JsonPropertyDescription(
                "Methods, a set of 1-8 of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY, CONNECT, TRACE. Absent: any. Refused at apply otherwise. Since 0.1.")
        List<Method> methods,

        @JsonPropertyDescription("The path, as in routes. Absent: any. Since 0.1.") @Nullable
        PathMatch path,

        @Size(max = 8)
        @JsonPropertyDescription(
                "Headers that must all hold, at most 8, as in routes. Refused at apply otherwise. Since 0.1.")
        List<HeaderMatch> headers) {
    public RequestMatch {
        methods = Absent.orEmpty(methods);
        headers = Absent.orEmpty(headers);
    }
}
