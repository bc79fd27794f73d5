package dev.portico.operator.compile;

import dev.portico.operator.model.Condition;
import dev.portico.operator.model.IngressReport;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one Gateway or Ingress comes to, held against the objects it names and no other of its kind.
 *
 * @param dependencies the Services and Secrets it was held against
 * @param listeners the listeners on which something of it is attached, and how many rules
 * @param conditions of its routes, by name, for Gateways
 */
record Unit(
        Map<HostKey, Contribution> hosts,
        Map<UpstreamKey, UpstreamUse> upstreams,
        Map<CertificateKey, Claim> certificates,
        Set<ObjectRef> dependencies,
        Map<ListenerKey, Integer> listeners,
        List<Problem> problems,
        Map<String, List<Condition>> conditions,
        @Nullable IngressReport ingress) {
    static final Unit NOTHING = new Unit(Map.of(), Map.of(), Map.of(), Set.of(), Map.of(), List.of(), Map.of(), null);

    /** A listener of a Gateway; the Gateway as a whole where the name is empty. */
    record ListenerKey(ObjectRef gateway, String listener) {}
}
