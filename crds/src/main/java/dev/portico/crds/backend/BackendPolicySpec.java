package dev.portico.crds.backend;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which Services, and how they are spoken to. */
@ValidationRule(value = "has(self.protocol) || has(self.tls)", message = "set at least one of protocol, tls")
public record BackendPolicySpec(
        @Required
        @Size(min = 1, max = 16)
        @JsonPropertyDescription(
                "Whose endpoints, 1-16 Services of this namespace or ports of them. Of two policies for one port the one that names the port wins, then the older one, for each block apart. Required. Refused at apply otherwise; what does not exist: Accepted=False, TargetNotFound. As in Gateway API. Since 0.1.")
        List<ServiceRef> targetRefs,

        @JsonPropertyDescription(
                "HTTP1, HTTP2 or GRPC (HTTP2 as well). Absent: what the appProtocol of the Service's port says (kubernetes.io/h2c: HTTP2), else HTTP1; with tls, what endpoint and data plane agree upon by ALPN. Refused at apply otherwise. Since 0.1.")
        @Nullable
        Protocol protocol,

        @JsonPropertyDescription(
                "TLS to endpoints. Absent: none. What cannot be honoured makes the Service's share of requests answer 503, never plain text. Since 0.1.")
        @Nullable
        BackendTls tls) {
    public BackendPolicySpec {
        targetRefs = Absent.orEmpty(targetRefs);
    }

    /** What endpoints speak. */
    public enum Protocol {
        @JsonProperty("HTTP1")
        HTTP1,
        @JsonProperty("HTTP2")
        HTTP2,
        @JsonProperty("GRPC")
        GRPC
    }
}
