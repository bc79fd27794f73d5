package dev.portico.crds.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checks of an EndpointSlice. Loopback addresses pass: whether they may be served is the operator's decision. */
final class EndpointSliceRules implements KindRules {
    private static final Set<String> TYPES = Set.of("FQDN", "IPv4", "IPv6");
    private static final Set<String> PROTOCOLS = Set.of("SCTP", "TCP", "UDP");
    private static final int ADDRESSES = 100;
    private static final int ENDPOINTS = 1000;

    @Override
    public void complete(Map<String, @Nullable Object> object, Findings findings) {
        for (Object each : Types.list(object, "ports")) {
            if (each instanceof Map<?, ?> port) {
                Types.map(port).putIfAbsent("name", "");
                Types.map(port).putIfAbsent("protocol", "TCP");
            }
        }
    }

    @Override
    public void check(Map<String, @Nullable Object> object, Findings findings) {
        String type = Types.text(object, "addressType");
        if (type == null || type.isEmpty()) {
            findings.required("addressType");
        } else if (!TYPES.contains(type)) {
            findings.unsupported("addressType", type, TYPES);
        } else {
            endpoints(type, Types.list(object, "endpoints"), findings);
        }
        List<?> ports = Types.list(object, "ports");
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i) instanceof Map<?, ?> port
                    && port.get("protocol") instanceof String protocol
                    && !PROTOCOLS.contains(protocol)) {
                findings.unsupported("ports[" + i + "].protocol", protocol, PROTOCOLS);
            }
        }
    }

    private static void endpoints(String type, List<?> endpoints, Findings findings) {
        if (endpoints.size() > ENDPOINTS) {
            findings.tooMany("endpoints", endpoints.size(), ENDPOINTS);
        }
        for (int i = 0; i < endpoints.size(); i++) {
            if (endpoints.get(i) instanceof Map<?, ?> endpoint) {
                addresses(
                        "endpoints[" + i + "].addresses", type, Types.list(Types.map(endpoint), "addresses"), findings);
            }
        }
    }

    private static void addresses(String field, String type, List<?> addresses, Findings findings) {
        if (addresses.isEmpty()) {
            findings.required(field, "must contain at least 1 address");
        } else if (addresses.size() > ADDRESSES) {
            findings.tooMany(field, addresses.size(), ADDRESSES);
        }
        for (int i = 0; i < addresses.size(); i++) {
            if (addresses.get(i) instanceof String address && !fits(type, address)) {
                findings.invalid(field + "[" + i + "]", address, "must be a valid " + type + " address");
            }
        }
    }

    private static boolean fits(String type, String address) {
        return switch (type) {
            case "IPv4" -> Addresses.isIpv4(address);
            case "IPv6" -> Addresses.isIpv6(address);
            default -> Names.subdomain(address) == null;
        };
    }
}
