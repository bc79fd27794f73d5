package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Certificates and TLS versions of a listener. */
public record ListenerTls(
        @Size(max = 64)
        @JsonPropertyDescription(
                "Secrets of type kubernetes.io/tls in the Gateway's namespace, at most 64, chosen by SNI. More come from the tls of Ingresses. A missing or unreadable one costs only itself: ResolvedRefs=False, InvalidCertificateRef. As in Gateway API, without namespace. Since 0.1.")
        List<CertificateRef> certificateRefs,

        @Default("\"1.2\"")
        @JsonPropertyDescription(
                "Lowest TLS version, 1.2 or 1.3 (a text: quote it). Default 1.2. Refused at apply otherwise. Since 0.1.")
        TlsVersion minVersion) {
    public ListenerTls {
        certificateRefs = Absent.orEmpty(certificateRefs);
        minVersion = Absent.or(minVersion, TlsVersion.TLS_1_2);
    }

    /** A version of TLS that is safe to offer. */
    public enum TlsVersion {
        @JsonProperty("1.2")
        TLS_1_2,
        @JsonProperty("1.3")
        TLS_1_3
    }
}
