package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Names a Secret of type {@code kubernetes.io/tls} in the Gateway's own namespace. */
public record CertificateRef(
        @Required
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.DNS_LENGTH)
        @JsonPropertyDescription(
                "Name of the Secret, a DNS name of 1-253 characters. Required. Refused at apply otherwise. As in Gateway API. Since 0.1.")
        String name) {}
