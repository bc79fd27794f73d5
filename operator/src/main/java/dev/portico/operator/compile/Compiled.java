package dev.portico.operator.compile;

import dev.portico.operator.model.GatewayReport;
import dev.portico.operator.model.IngressReport;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.PolicyReport;
import dev.portico.operator.model.Problem;
import java.util.List;
import java.util.Map;

/**
 * What a world says: the table of each data plane, and what is to be told to users.
 *
 * @param tables by data plane id; there is one for every Gateway, be it empty
 * @param ingresses those that are ours and attached
 * @param problems sorted by object
 */
public record Compiled(
        Map<String, Table> tables,
        Map<ObjectRef, GatewayReport> gateways,
        Map<ObjectRef, PolicyReport> policies,
        Map<ObjectRef, IngressReport> ingresses,
        List<Problem> problems) {
    public static final Compiled NOTHING = new Compiled(Map.of(), Map.of(), Map.of(), Map.of(), List.of());
}
