package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import dev.portico.crds.schema.Shape;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A port, what is spoken there, and for which hostnames. */
@SchemaCustomizer(value = Shape.class, input = "httpVersions=set")
@ValidationRule(value = "self.protocol != 'HTTPS' || has(self.tls)", message = "tls is required for protocol HTTPS")
@ValidationRule(
        value = "self.protocol == 'HTTPS' || !has(self.tls)",
        message = "tls is only allowed for protocol HTTPS")
@ValidationRule(
        value = "self.protocol == 'HTTP' || !has(self.httpsRedirect)",
        message = "httpsRedirect is only allowed for protocol HTTP")
public record Listener(
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        @JsonPropertyDescription(
                "Name of the listener, a DNS label of 1-63 characters, unique among listeners and routes. Required. Refused at apply otherwise. As in Gateway API. Since 0.1.")
        String name,

        @Required
        @Min(1)
        @Max(65535)
        @JsonPropertyDescription(
                "Port that clients connect to, 1-65535. Required. Outside: refused at apply; taken by somebody else: Accepted=False, PortUnavailable. As in Gateway API. Since 0.1.")
        Integer port,

        @Required
        @JsonPropertyDescription(
                "HTTP, or HTTPS (HTTP over TLS). Required. Refused at apply otherwise; another one than an older listener of the port: Accepted=False, ProtocolConflict. As in Gateway API. Since 0.1.")
        Protocol protocol,

        @Pattern(Syntax.HOSTNAME)
        @Size(min = 1, max = Syntax.DNS_LENGTH)
        @ValidationRule(value = "!isIP(self)", message = "must be a DNS name, not an IP address")
        @JsonPropertyDescription(
                "Hostname that is served here, 1-253 lower-case characters, *. in front covers every name below. Absent: any. IP addresses and bad names are refused at apply. As in Gateway API. Since 0.1.")
        @Nullable
        String hostname,

        @Size(min = 1, max = 2)
        @JsonPropertyDescription(
                "Versions of HTTP that clients may speak, a set of 1-2 of HTTP1, HTTP2. Absent: both for HTTPS, HTTP1 for HTTP. HTTP2 on HTTP means prior knowledge (RFC 9113 3.3). Refused at apply otherwise. Since 0.1.")
        List<HttpVersion> httpVersions,

        @JsonPropertyDescription(
                "Answers every request of this listener with a redirect to HTTPS; ACME challenges below /.well-known/acme-challenge/ pass. Absent: no redirect. Only for HTTP, else refused at apply. Since 0.1.")
        @Nullable
        HttpsRedirect httpsRedirect,

        @JsonPropertyDescription(
                "Which Ingresses may attach here. Absent: those of the Gateway's own namespace. As in Gateway API. Since 0.1.")
        @Nullable
        AllowedRoutes allowedRoutes,

        @JsonPropertyDescription(
                "TLS of this listener. Required for HTTPS and refused at apply for HTTP. As in Gateway API. Since 0.1.")
        @Nullable
        ListenerTls tls) {
    public Listener {
        httpVersions = Absent.orEmpty(httpVersions);
    }
}
