package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One thing that is done on the way: the type, and the one block that belongs to it. */
@ValidationRule(
        value =
                "[has(self.requestHeaderModifier), has(self.responseHeaderModifier), has(self.requestRedirect), has(self.urlRewrite)].exists_one(x, x)",
        message = "set exactly one of requestHeaderModifier, responseHeaderModifier, requestRedirect, urlRewrite")
@ValidationRule(
        value = "(self.type == 'RequestHeaderModifier') == has(self.requestHeaderModifier)",
        message = "requestHeaderModifier is required for type RequestHeaderModifier and only allowed there")
@ValidationRule(
        value = "(self.type == 'ResponseHeaderModifier') == has(self.responseHeaderModifier)",
        message = "responseHeaderModifier is required for type ResponseHeaderModifier and only allowed there")
@ValidationRule(
        value = "(self.type == 'RequestRedirect') == has(self.requestRedirect)",
        message = "requestRedirect is required for type RequestRedirect and only allowed there")
@ValidationRule(
        value = "(self.type == 'URLRewrite') == has(self.urlRewrite)",
        message = "urlRewrite is required for type URLRewrite and only allowed there")
public record Filter(
        @Required
        @JsonPropertyDescription(
                "RequestHeaderModifier, ResponseHeaderModifier, RequestRedirect or URLRewrite. Required, with the block of the same name. Refused at apply otherwise. As in HTTPRoute. Since 0.1.")
        Type type,

        @JsonPropertyDescription(
                "Changes headers of the request before it is forwarded. Only for its type. As in HTTPRoute. Since 0.1.")
        @Nullable
        HeaderModifier requestHeaderModifier,

        @JsonPropertyDescription(
                "Changes headers of the response before it is returned. Only for its type. As in HTTPRoute. Since 0.1.")
        @Nullable
        HeaderModifier responseHeaderModifier,

        @JsonPropertyDescription(
                "Answers with a redirect instead of forwarding. Only for its type. As in HTTPRoute. Since 0.1.")
        @Nullable
        RequestRedirect requestRedirect,

        @JsonPropertyDescription(
                "Changes hostname and path before the request is forwarded. Only for its type. As in HTTPRoute. Since 0.1.")
        @Nullable
        UrlRewrite urlRewrite) {
    /** Which block is given. */
    public enum Type {
        @JsonProperty("RequestHeaderModifier")
        REQUEST_HEADER_MODIFIER,
        @JsonProperty("ResponseHeaderModifier")
        RESPONSE_HEADER_MODIFIER,
        @JsonProperty("RequestRedirect")
        REQUEST_REDIRECT,
        @JsonProperty("URLRewrite")
        URL_REWRITE
    }
}
