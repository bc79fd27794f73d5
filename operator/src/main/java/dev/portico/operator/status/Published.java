package dev.portico.operator.status;

import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.gateway.Infrastructure.HostPorts;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.GatewayReport;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.provision.Names;
import dev.portico.operator.watch.Pods;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which addresses of data planes are told.
 *
 * @param configured those of all, whatever was made for them; none: each has its own
 */
public record Published(List<String> configured) {
    /** As many as a status holds. */
    private static final int MOST = 16;

    public Published {
        configured = List.copyOf(configured);
    }

    Addresses addresses(ClusterState state, Collection<GatewayReport> reports) {
        if (!configured.isEmpty()) {
            return new Addresses(configured, Map.of(), Map.of());
        }
        var nodes = Pods.nodes(state);
        var found = new HashMap<ObjectRef, List<String>>();
        var missing = new HashMap<ObjectRef, String>();
        for (GatewayReport report : reports) {
            var ref = report.origin().object();
            var gateway = state.get(Gateway.class, ref);
            var service = gateway == null
                    ? null
                    : state.get(Service.class, ObjectRef.service(ref.namespace(), Names.of(gateway)));
            if (gateway != null && service != null) {
                var addresses = of(gateway, service, nodes.getOrDefault(report.dataPlane(), List.of()));
                found.put(ref, addresses);
                if (addresses.isEmpty() || !ips(addresses).containsAll(ips(asked(gateway)))) {
                    missing.put(ref, missing(service, asked(gateway)));
                }
            }
        }
        return new Addresses(List.of(), found, missing);
    }

    private static List<String> of(Gateway gateway, Service service, List<String> nodes) {
        var infrastructure = gateway.getSpec().infrastructure();
        if (infrastructure != null && infrastructure.hostPorts() == HostPorts.ENABLED) {
            return few(nodes);
        }
        return few(
                switch (service.getSpec().getType()) {
                    case "LoadBalancer" -> balanced(service);
                    case "NodePort" -> nodes;
                    default -> service.getSpec().getClusterIPs();
                });
    }

    private static List<String> few(List<String> addresses) {
        return addresses.stream().distinct().sorted().limit(MOST).toList();
    }

    private static List<String> balanced(Service service) {
        var status = service.getStatus();
        return status == null || status.getLoadBalancer() == null
                ? List.of()
                : status.getLoadBalancer().getIngress().stream()
                        .map(Published::address)
                        .toList();
    }

    private static String address(LoadBalancerIngress given) {
        return given.getIp() == null ? given.getHostname() : given.getIp();
    }

    private static List<String> asked(Gateway gateway) {
        var infrastructure = gateway.getSpec().infrastructure();
        var addresses = infrastructure == null ? null : infrastructure.service().addresses();
        return addresses == null
                ? List.of()
                : addresses.stream().map(address -> address.value()).toList();
    }

    // One IPv6 address has many spellings. Names are not asked for.
    private static Set<InetAddress> ips(List<String> addresses) {
        return addresses.stream()
                .map(NetUtil::createInetAddressFromIpAddressString)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static String missing(Service service, List<String> asked) {
        var of = "Service " + service.getMetadata().getName() + " has no address yet";
        return asked.isEmpty() ? of : of + ", expected " + String.join(", ", asked);
    }
}
