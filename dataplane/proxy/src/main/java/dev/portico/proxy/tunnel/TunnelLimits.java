package dev.portico.proxy.tunnel;

import java.time.Duration;

/**
 * How long tunnels may do nothing.
 *
 * @param idle without a byte from either peer
 * @param writeStall in which the client takes nothing of what waits for it
 */
public record TunnelLimits(Duration idle, Duration writeStall) {
    public static final TunnelLimits DEFAULT = new TunnelLimits(Duration.ofSeconds(300), Duration.ofSeconds(30));
}
