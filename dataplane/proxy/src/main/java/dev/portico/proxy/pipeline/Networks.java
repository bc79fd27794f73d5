package dev.portico.proxy.pipeline;

import java.net.InetAddress;
import java.util.List;

/** Several networks. */
public final class Networks {
    private final List<Network> networks;

    private Networks(List<Network> networks) {
        this.networks = networks;
    }

    /** Each an address or address/bits; refuses what is neither. */
    public static Networks of(List<String> cidrs) {
        return new Networks(cidrs.stream().map(Network::of).toList());
    }

    public boolean contains(InetAddress address) {
        for (int i = 0; i < networks.size(); i++) {
            if (networks.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }
}
