package dev.portico.proxy.tunnel;

import dev.portico.routetable.ClientLimits;
import java.time.Duration;

/**
 * How long a tunnel may do nothing.
 *
 * @param idle without a byte from either peer
 * @param writeStall in which the client takes nothing of what waits for it
 */
public record TunnelLimits(Duration idle, Duration writeStall) {
    public static TunnelLimits of(ClientLimits limits) {
        return new TunnelLimits(limits.timeouts().idle(), limits.timeouts().writeStall());
    }
}
