package dev.portico.proxy.tunnel;

import dev.portico.proxy.loop.Sweep;

/** Joins the peers of tunnels. One per event loop. */
public final class Tunnels {
    private final Sweep sweep;

    public Tunnels(Sweep sweep) {
        this.sweep = sweep;
    }

    /** Lets a client and an endpoint speak to each other from now on. */
    public void join(Side client, Side endpoint, TunnelLimits limits, Tunnel.Owner owner) {
        new Tunnel(client, endpoint, sweep, limits, owner).start();
    }
}
