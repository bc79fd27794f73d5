package dev.portico.crds.backend;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By whom endpoints are certified, and as what. */
@ValidationRule(
        value = "has(self.caCertificateRefs) != has(self.wellKnownCACertificates)",
        message = "set exactly one of caCertificateRefs, wellKnownCACertificates")
public record Validation(
        @Required
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.DNS_LENGTH)
        @ValidationRule(value = "!isIP(self)", message = "must be a DNS name, not an IP address")
        @ValidationRule(value = "!self.matches('[^.]{64}')", message = "each label must be at most 63 characters")
        @JsonPropertyDescription(
                "Name that is sent to endpoints by SNI, and that their certificate must have unless subjectAltNames says otherwise; 1-253 lower-case characters, at most 63 between two dots. Required. Refused at apply otherwise. As in Gateway API. Since 0.1.")
        String hostname,

        @Size(min = 1, max = 8)
        @JsonPropertyDescription(
                "ConfigMaps of the policy's namespace whose key ca.crt holds certificates of authorities in PEM, 1-8; any of them is believed. At most 256 KiB of certificates in all, each counted once. A missing or unreadable one, or more: ResolvedRefs=False, InvalidCACertificateRef, and 503. As in Gateway API. Since 0.1.")
        @Nullable
        List<CaCertificateRef> caCertificateRefs,

        @JsonPropertyDescription(
                "System: the authorities that the data plane's image trusts. Absent: those of caCertificateRefs. Refused at apply otherwise. As in Gateway API. Since 0.1.")
        @Nullable
        WellKnown wellKnownCACertificates,

        @Size(max = 5)
        @JsonPropertyDescription(
                "Names of which the certificate must have one, at most 5, instead of hostname. Absent: hostname. Refused at apply otherwise. As in Gateway API. Since 0.1.")
        List<SubjectAltName> subjectAltNames) {
    public Validation {
        caCertificateRefs = caCertificateRefs == null ? null : List.copyOf(caCertificateRefs);
        subjectAltNames = Absent.orEmpty(subjectAltNames);
    }

    /** Authorities that need no ConfigMap. */
    public enum WellKnown {
        @JsonProperty("System")
        SYSTEM
    }
}
