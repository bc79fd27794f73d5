package dev.portico.operator.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a portico Gateway, but for what only data planes know.
 *
 * @param dataPlane the id of the data plane that serves it
 */
public record GatewayReport(
        Origin origin,
        String dataPlane,
        List<Condition> conditions,
        List<ListenerReport> listeners,
        List<RouteReport> routes) {
    public GatewayReport {
        conditions = List.copyOf(conditions);
        listeners = List.copyOf(listeners);
        routes = List.copyOf(routes);
    }

    /** Whether a Gateway with listeners is accepted, of which some are refused: False only where all are. */
    public static Condition accepted(List<String> refused, int listeners, long generation) {
        if (refused.isEmpty()) {
            return Condition.yes(Condition.ACCEPTED, generation);
        }
        var message = "not accepted: " + String.join(", ", refused);
        return refused.size() == listeners
                ? Condition.no(Condition.ACCEPTED, "ListenersNotValid", message, generation)
                : Condition.yes(Condition.ACCEPTED, "ListenersNotValid", message, generation);
    }

    /**
     * A listener of it.
     *
     * @param listener the id in the route table, by which data planes tell whether it is bound; absent where it is not
     *     in the table
     */
    public record ListenerReport(
            String name, @Nullable String listener, int attachedRoutes, List<Condition> conditions) {
        public ListenerReport {
            conditions = List.copyOf(conditions);
        }
    }

    /** A route of it, and the policies that hold there. */
    public record RouteReport(String name, List<Condition> conditions, List<EffectivePolicy> policies) {
        public RouteReport {
            conditions = List.copyOf(conditions);
            policies = List.copyOf(policies);
        }
    }

    /** A policy of the Gateway's namespace and those of its blocks that hold. */
    public record EffectivePolicy(String kind, String name, List<String> blocks) {
        public EffectivePolicy {
            blocks = List.copyOf(blocks);
        }
    }
}
