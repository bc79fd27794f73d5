package dev.portico.operator.source.service;

import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which addresses may be endpoints: none by which a user reaches the data plane's own machine or its cloud's secrets. */
final class Addresses {
    /** Metadata services outside the link-local range (AWS over IPv6, Alibaba Cloud). */
    private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200");

    private final boolean allowLoopback;

    Addresses(boolean allowLoopback) {
        this.allowLoopback = allowLoopback;
    }

    /** Why an address cannot be used; null where it can. */
    @Nullable
    String refusal(String text) {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return "'" + text + "' is no IP address, expected one: names are not resolved";
        }
        if (address.isLoopbackAddress() && !allowLoopback) {
            return text + " is a loopback address, expected one of a pod: only portico run allows it";
        }
        if (address.isLinkLocalAddress() || METADATA.contains(address.getHostAddress())) {
            return text + " is a link-local or metadata address, expected one of a pod";
        }
        if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return text + " is no address of one host, expected one of a pod";
        }
        return null;
    }
}
