package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How many connections clients may have, and how long each is used. */
public record Connections(
        @Default("50000")
        @Min(1)
        @Max(1000000)
        @JsonPropertyDescription(
                "Connections of all clients on all listeners of the Gateway, in each replica, 1-1000000. Default 50000. Refused at apply otherwise; one more is closed as it arrives. Since 0.1.")
        Integer max,

        @Min(1)
        @Max(100000)
        @JsonPropertyDescription(
                "Connections of one client address on all listeners of the Gateway, in each replica, 1-100000; an IPv6 client is its /64 network. Absent: no cap. Refused at apply otherwise; one more is closed as it arrives. The address is the peer's: all clients of a proxy or load balancer that hides theirs are one. Since 0.1.")
        @Nullable
        Integer maxPerIP,

        @Default("10000")
        @Min(0)
        @Max(1000000)
        @JsonPropertyDescription(
                "Requests on one connection, 0-1000000; 0: no limit. Default 10000. Refused at apply otherwise; the last one is answered with Connection: close, on HTTP/2 followed by GOAWAY. Since 0.1.")
        Integer maxRequests) {
    /** What holds where the block is absent. */
    public static final Connections BY_DEFAULT = new Connections(50_000, null, 10_000);

    public Connections {
        max = Absent.or(max, 50_000);
        maxRequests = Absent.or(maxRequests, 10_000);
    }
}
