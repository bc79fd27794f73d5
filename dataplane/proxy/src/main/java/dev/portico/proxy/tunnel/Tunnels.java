package dev.portico.proxy.tunnel;

import dev.portico.proxy.loop.Sweep;

/** Joins the peers of tunnels. One per event loop. */
public final class Tunnels {
    private final Sweep sweep;
    private final TunnelLimits limits;

    public Tunnels(Sweep sweep, TunnelLimits limits) {
        this.sweep = sweep;
        this.limits = limits;
    }

    /** Lets a client and an endpoint speak to each other from now on. */
    public void join(Side client, Side endpoint, Tunnel.Owner owner) {
        new Tunnel(client, endpoint, sweep, limits, owner).start();
    }
}
