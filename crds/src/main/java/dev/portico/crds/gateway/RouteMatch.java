package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.HeaderMatch;
import dev.portico.crds.Method;
import dev.portico.crds.PathMatch;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on a request; all parts that are given must hold. */
public record RouteMatch(
        @JsonPropertyDescription("The path. Absent: any. As in HTTPRoute. Since 0.1.") @Nullable
        PathMatch path,

        @JsonPropertyDescription(
                "The method: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY, CONNECT or TRACE. Absent: any. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        @Nullable
        Method method,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Headers that must all hold, at most 16. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        List<HeaderMatch> headers,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Query parameters that must all hold, at most 16; of a repeated one the first counts. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        List<QueryParamMatch> queryParams,

        @Size(max = 8)
        @JsonPropertyDescription("Cookies that must all hold, at most 8. Refused at apply otherwise. Since 0.1.")
        List<CookieMatch> cookies) {
    public RouteMatch {
        headers = Absent.orEmpty(headers);
        queryParams = Absent.orEmpty(queryParams);
        cookies = Absent.orEmpty(cookies);
    }
}
