package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** How clients are treated. */
public record ClientTraffic(
        @JsonPropertyDescription(
                "Proxies whose word about the client is believed. Absent: nobody is trusted and X-Forwarded-* and Forwarded of requests are overwritten. Since 0.1.")
        @Nullable
        TrustedProxies trustedProxies,

        @JsonPropertyDescription(
                "How many connections clients may have. Absent: as if every field had its default. Since 0.1.")
        Connections connections,

        @JsonPropertyDescription(
                "How large the head of a request may be. Absent: as if every field had its default. Since 0.1.")
        Headers headers,

        @JsonPropertyDescription("How slow a client may be. Absent: as if every field had its default. Since 0.1.")
        ClientTimeouts timeouts,

        @JsonPropertyDescription(
                "How slowly the body of a request may come. Absent: as if every field had its default. Since 0.1.")
        MinBodyRate minBodyRate,

        @JsonPropertyDescription(
                "What one HTTP/2 connection may do. Absent: as if every field had its default. Since 0.1.")
        Http2 http2,

        @JsonPropertyDescription(
                "How requests with doubtful paths and header names are treated, before routing. Absent: as if every field had its default. Since 0.1.")
        Normalization normalization,

        @Default("Remove")
        @JsonPropertyDescription(
                "Remove: Server and X-Powered-By of backends are taken away. Pass: they are kept. None of ours is ever added. Default Remove. Refused at apply otherwise. Since 0.1.")
        ServerHeader serverHeader,

        @JsonPropertyDescription(
                "The identifier that every request gets. Absent: as if every field had its default. Since 0.1.")
        RequestId requestID) {
    public ClientTraffic {
        connections = Absent.or(connections, Connections.BY_DEFAULT);
        headers = Absent.or(headers, Headers.BY_DEFAULT);
        timeouts = Absent.or(timeouts, ClientTimeouts.BY_DEFAULT);
        minBodyRate = Absent.or(minBodyRate, MinBodyRate.BY_DEFAULT);
        http2 = Absent.or(http2, Http2.BY_DEFAULT);
        normalization = Absent.or(normalization, Normalization.BY_DEFAULT);
        serverHeader = Absent.or(serverHeader, ServerHeader.REMOVE);
        requestID = Absent.or(requestID, RequestId.BY_DEFAULT);
    }

    /** What becomes of headers that name the backend's software. */
    public enum ServerHeader {
        @JsonProperty("Remove")
        REMOVE,
        @JsonProperty("Pass")
        PASS
    }
}
