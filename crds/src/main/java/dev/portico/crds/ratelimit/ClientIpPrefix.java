package dev.portico.crds.ratelimit;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How much of an address is one client. */
public record ClientIpPrefix(
        @Default("32")
        @Min(8)
        @Max(32)
        @JsonPropertyDescription("Bits of an IPv4 address, 8-32. Default 32. Refused at apply otherwise. Since 0.1.")
        Integer ipv4,

        @Default("64")
        @Min(32)
        @Max(128)
        @JsonPropertyDescription(
                "Bits of an IPv6 address, 32-128. Default 64, what one customer usually has. Refused at apply otherwise. Since 0.1.")
        Integer ipv6) {
    public ClientIpPrefix {
        ipv4 = Absent.or(ipv4, 32);
        ipv6 = Absent.or(ipv6, 64);
    }
}
