package dev.portico.operator.status;

import dev.portico.crds.gateway.GatewayStatus.Address;
import dev.portico.operator.model.ObjectRef;
import io.fabric8.kubernetes.api.model.networking.v1.IngressLoadBalancerIngress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressLoadBalancerIngressBuilder;
import io.netty.util.NetUtil;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses at which clients reach Gateways.
 *
 * @param everywhere those of all Gateways; none: each has its own
 * @param own what each Gateway's data plane was given
 * @param missing what is still waited for
 */
record Addresses(List<String> everywhere, Map<ObjectRef, List<String>> own, Map<ObjectRef, String> missing) {
    static final Addresses NONE = new Addresses(List.of(), Map.of(), Map.of());

    Addresses {
        everywhere = List.copyOf(everywhere);
        own = Map.copyOf(own);
        missing = Map.copyOf(missing);
    }

    List<Address> ofGateway(ObjectRef gateway) {
        return of(gateway).stream()
                .map(address -> new Address(isIp(address) ? Address.Type.IP_ADDRESS : Address.Type.HOSTNAME, address))
                .toList();
    }

    List<IngressLoadBalancerIngress> ofIngress(ObjectRef gateway) {
        return ingress(of(gateway));
    }

    /** What an Ingress may have been told by us. */
    Set<List<IngressLoadBalancerIngress>> ofIngresses() {
        var all = new HashSet<List<IngressLoadBalancerIngress>>();
        all.add(ingress(everywhere));
        own.values().forEach(addresses -> all.add(ingress(addresses)));
        all.remove(List.<IngressLoadBalancerIngress>of());
        return all;
    }

    Optional<String> missing(ObjectRef gateway) {
        return Optional.ofNullable(missing.get(gateway));
    }

    private List<String> of(ObjectRef gateway) {
        return everywhere.isEmpty() ? own.getOrDefault(gateway, List.of()) : everywhere;
    }

    private static List<IngressLoadBalancerIngress> ingress(List<String> addresses) {
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
