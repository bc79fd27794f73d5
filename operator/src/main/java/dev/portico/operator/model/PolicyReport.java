package dev.portico.operator.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a policy, of whatever kind, but for what only data planes know.
 *
 * @param dataPlanes the ids of the data planes in whose tables it is
 * @param ancestors the Gateways through which it holds
 */
public record PolicyReport(
        Origin origin,
        Set<String> dataPlanes,
        List<Condition> conditions,
        List<Ancestor> ancestors,
        List<Target> targets,
        String targetSummary) {
    public PolicyReport {
        dataPlanes = Set.copyOf(dataPlanes);
        conditions = List.copyOf(conditions);
        ancestors = List.copyOf(ancestors);
        targets = List.copyOf(targets);
    }

    /** A Gateway, and how the policy stands there. */
    public record Ancestor(ObjectRef gateway, String dataPlane, List<Condition> conditions) {
        public Ancestor {
            conditions = List.copyOf(conditions);
        }
    }

    /** What the policy is aimed at, how many rules that covers, and which of its blocks hold there. */
    public record Target(
            ObjectRef object, @Nullable String sectionName, int rules, List<String> blocksUsed, List<Lost> blocksLost) {
        public Target {
            blocksUsed = List.copyOf(blocksUsed);
            blocksLost = List.copyOf(blocksLost);
        }
    }

    /** A block that does not hold, and what holds instead. */
    public record Lost(String block, String to) {}
}
