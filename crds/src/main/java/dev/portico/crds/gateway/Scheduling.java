package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** The nodes that pods run on. */
public record Scheduling(
        @Size(max = 16)
        @ValidationRule(value = Syntax.KEYS, message = Syntax.KEYS_MESSAGE)
        @JsonPropertyDescription(
                "Labels that a node must have, at most 16. Refused at apply otherwise. As in a pod. Since 0.1.")
        Map<String, @Pattern(Syntax.LABEL_VALUE) @Size(max = Syntax.LABEL_LENGTH) String> nodeSelector,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Taints of nodes that pods put up with, at most 16. Refused at apply otherwise. As in a pod. Since 0.1.")
        List<Toleration> tolerations,

        @Default("Zone")
        @JsonPropertyDescription(
                "How pods are spread where that is possible. Zone: over zones, then over nodes. Node: over nodes. None: as the scheduler likes. Default Zone. Refused at apply otherwise. Since 0.1.")
        Spread spread) {
    /** What holds where the block is absent. */
    public static final Scheduling BY_DEFAULT = new Scheduling(Map.of(), List.of(), Spread.ZONE);

    public Scheduling {
        nodeSelector = Absent.orEmpty(nodeSelector);
        tolerations = Absent.orEmpty(tolerations);
        spread = Absent.or(spread, Spread.ZONE);
    }

    /** Over what pods are spread. */
    public enum Spread {
        @JsonProperty("None")
        NONE,
        @JsonProperty("Node")
        NODE,
        @JsonProperty("Zone")
        ZONE
    }
}
