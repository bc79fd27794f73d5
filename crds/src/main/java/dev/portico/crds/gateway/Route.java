package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import dev.portico.crds.schema.Shape;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which requests are meant, what is done to them and where they go. */
@SchemaCustomizer(value = Shape.class, input = "listeners=set hostnames=set")
@ValidationRule(
        value =
                "!has(self.filters) || !self.filters.exists(f, f.type == 'RequestRedirect') || !has(self.backendRefs) || size(self.backendRefs) == 0",
        message = "backendRefs must be empty where a filter is RequestRedirect")
@ValidationRule(
        value =
                "!has(self.filters) || !(self.filters.exists(f, f.type == 'RequestRedirect') && self.filters.exists(f, f.type == 'URLRewrite'))",
        message = "filters may have RequestRedirect or URLRewrite, but not both")
@ValidationRule(
        value = "!has(self.filters) || self.filters.all(f1, self.filters.exists_one(f2, f1.type == f2.type))",
        message = "filters must not repeat a type")
@ValidationRule(
        value =
                "!has(self.filters) || !self.filters.exists(f, (has(f.requestRedirect) && has(f.requestRedirect.path) && has(f.requestRedirect.path.replacePrefixMatch)) || (has(f.urlRewrite) && has(f.urlRewrite.path) && has(f.urlRewrite.path.replacePrefixMatch))) || !has(self.matches) || (size(self.matches) == 1 && (!has(self.matches[0].path) || self.matches[0].path.type == 'PathPrefix'))",
        message = "replacePrefixMatch needs exactly one match, of type PathPrefix")
public record Route(
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        @JsonPropertyDescription(
                "Name of the route, a DNS label of 1-63 characters, unique among routes and listeners. Required. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        String name,

        @Size(min = 1, max = 16)
        @JsonPropertyDescription(
                "Names of the listeners that serve this route, a set of 1-16. Absent: all. A name that is no listener is refused at apply. Since 0.1.")
        List<@Pattern(Syntax.LABEL) @Size(min = 1, max = Syntax.LABEL_LENGTH) String> listeners,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Hostnames that are served, a set of at most 16, lower case, *. in front covers every name below. Absent: those of the listeners. None in common with a listener: Accepted=False, NoMatchingListenerHostname. As in HTTPRoute. Since 0.1.")
        List<@Pattern(Syntax.HOSTNAME) @Size(min = 1, max = Syntax.DNS_LENGTH) String> hostnames,

        @Size(min = 1, max = 16)
        @JsonPropertyDescription(
                "Requests that are meant, 1-16 of which one must hold. Absent: all. The most specific wins: Exact, then the longer RegularExpression, then the longer PathPrefix, then method, headers, queryParams, cookies. As in HTTPRoute. Since 0.1.")
        List<RouteMatch> matches,

        @Size(max = 16)
        @JsonPropertyDescription(
                "What is done on the way, at most 16, each type once; the order of the list means nothing. RequestRedirect goes without backendRefs and URLRewrite. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        List<Filter> filters,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Services that get the requests, by weight, at most 16. None and no redirect: 500. A Service that does not exist: ResolvedRefs=False, BackendNotFound, and its share is answered 500. As in HTTPRoute. Since 0.1.")
        List<BackendRef> backendRefs,

        @JsonPropertyDescription("How long a request may take. Absent: no limit. As in HTTPRoute. Since 0.1.") @Nullable
        Timeouts timeouts) {
    public Route {
        listeners = Absent.orEmpty(listeners);
        hostnames = Absent.orEmpty(hostnames);
        matches = Absent.orEmpty(matches);
        filters = Absent.orEmpty(filters);
        backendRefs = Absent.orEmpty(backendRefs);
    }
}
