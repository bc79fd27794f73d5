package dev.portico.crds.backend;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.gateway.CertificateRef;
import dev.portico.crds.gateway.ListenerTls;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** TLS to endpoints. */
@ValidationRule(
        value = "self.verification != 'Strict' || has(self.validation)",
        message = "validation is required for verification Strict")
@ValidationRule(
        value = "self.verification == 'Strict' || !has(self.validation)",
        message = "validation is only allowed for verification Strict")
public record BackendTls(
        @JsonPropertyDescription(
                "What the certificate of an endpoint must prove. Required with verification Strict and refused at apply with InsecureNone. As in Gateway API's BackendTLSPolicy. Since 0.1.")
        @Nullable
        Validation validation,

        @Default("Strict")
        @JsonPropertyDescription(
                "Strict, or InsecureNone: whoever answers at the address is believed, and the policy says so by its condition InsecureBackend. Default Strict. Refused at apply otherwise. Since 0.1.")
        Verification verification,

        @JsonPropertyDescription(
                "Secret of type kubernetes.io/tls in the policy's namespace: the certificate that is shown to endpoints which ask for one. Absent: none. A missing or unreadable one: ResolvedRefs=False, InvalidCertificateRef, and 503. Since 0.1.")
        @Nullable
        CertificateRef clientCertificateRef,

        @Default("\"1.2\"")
        @JsonPropertyDescription(
                "Lowest TLS version, 1.2 or 1.3 (a text: quote it). Default 1.2. Refused at apply otherwise. Since 0.1.")
        ListenerTls.TlsVersion minVersion) {
    public BackendTls {
        verification = Absent.or(verification, Verification.STRICT);
        minVersion = Absent.or(minVersion, ListenerTls.TlsVersion.TLS_1_2);
    }

    /** Whether endpoints must prove who they are. */
    public enum Verification {
        @JsonProperty("Strict")
        STRICT,
        @JsonProperty("InsecureNone")
        INSECURE_NONE
    }
}
