package dev.portico.operator.compile;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who has which port.
 *
 * @param refusals by Gateway and listener, why a listener does not have its port
 * @param sections the listeners of the tables
 * @param dataPlanes all of them, also those without listeners
 */
record Topology(
        Map<ObjectRef, GatewayBinding> bindings,
        Map<ObjectRef, Map<String, Refusal>> refusals,
        List<Placed> sections,
        Set<String> dataPlanes,
        List<Problem> problems) {
    static final Topology NONE = new Topology(Map.of(), Map.of(), List.of(), Set.of(), List.of());

    /** The Gateways of a data plane. */
    List<ObjectRef> gatewaysOf(String dataPlane) {
        return bindings.values().stream()
                .filter(binding -> binding.dataPlane().equals(dataPlane))
                .map(GatewayBinding::gateway)
                .sorted()
                .toList();
    }

    /** Why a listener is not in the table. */
    record Refusal(String reason, String message) {}
}
