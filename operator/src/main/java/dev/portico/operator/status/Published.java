package dev.portico.operator.status;

import dev.portico.crds.gateway.GatewayStatus.Address;
import io.fabric8.kubernetes.api.model.networking.v1.IngressLoadBalancerIngress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressLoadBalancerIngressBuilder;
import io.netty.util.NetUtil;
import java.util.List;

/** The addresses at which clients reach the data planes. */
public record Published(List<String> addresses) {
    public Published {
        addresses = List.copyOf(addresses);
    }

    List<Address> ofGateway() {
        return addresses.stream()
                .map(address -> new Address(isIp(address) ? Address.Type.IP_ADDRESS : Address.Type.HOSTNAME, address))
                .toList();
    }

    List<IngressLoadBalancerIngress> ofIngress() {
        return addresses.stream()
                .map(address -> {
                    var builder = new IngressLoadBalancerIngressBuilder();
                    return (isIp(address) ? builder.withIp(address) : builder.withHostname(address)).build();
                })
                .toList();
    }

    private static boolean isIp(String address) {
        return NetUtil.isValidIpV4Address(address) || NetUtil.isValidIpV6Address(address);
    }
}
