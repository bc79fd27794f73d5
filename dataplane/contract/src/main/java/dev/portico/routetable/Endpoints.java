package dev.portico.routetable;

import java.util.List;

/** The endpoints of an upstream as they are now; the one section that changes without compile. */
public record Endpoints(String upstream, List<Endpoint> endpoints) implements Section {
    public Endpoints {
        Check.text("upstream", upstream);
        endpoints = List.copyOf(endpoints);
    }

    /** An address that serves: IPv4 or IPv6 literal, and port. */
    public record Endpoint(String address, int port) {
        public Endpoint {
            Check.text("address", address);
            Check.range("port", port, 1, 65535);
        }
    }

    @Override
    public String key() {
        return "endpoints/" + upstream;
    }
}
