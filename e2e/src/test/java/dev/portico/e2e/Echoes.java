package dev.portico.e2e;

import dev.portico.e2e.cases.Addresses;
import dev.portico.routetable.Endpoints;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Puts loopback echoes where a golden has made-up addresses: one for each Service, started when it is met. */
final class Echoes {
    private final Addresses addresses;
    private final ToIntFunction<Addresses.Service> start;
    private final Map<Addresses.Service, Integer> ports = new HashMap<>();

    Echoes(Addresses addresses, ToIntFunction<Addresses.Service> start) {
        this.addresses = addresses;
        this.start = start;
    }

    Endpoints materialise(Endpoints golden) {
        return new Endpoints(
                golden.upstream(),
                golden.endpoints().stream()
                        .map(endpoint -> new Endpoints.Endpoint("127.0.0.1", port(endpoint.address())))
                        .distinct()
                        .toList());
    }

    private int port(String address) {
        return ports.computeIfAbsent(addresses.serviceOf(address), start::applyAsInt);
    }
}
