package dev.portico.crds.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Condition;
import dev.portico.crds.Syntax;
import dev.portico.crds.schema.Shape;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a policy. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = Shape.class, input = "conditions=type")
public record PolicyStatus(
        @Size(max = 512)
        @JsonPropertyDescription("The first target and how many more there are. Written by the operator. Since 0.1.")
        @Nullable
        String targetSummary,

        @Size(max = 8)
        @JsonPropertyDescription(
                "Accepted, ResolvedRefs, Programmed and others of the policy as a whole, keyed by type. Written by the operator. Since 0.1.")
        List<Condition> conditions,

        @Size(max = 16)
        @JsonPropertyDescription(
                "What became of the policy at each Gateway. Written by the operator, entries of other controllers are left alone. As in Gateway API. Since 0.1.")
        List<AncestorStatus> ancestors,

        @Size(max = 64)
        @JsonPropertyDescription("What the policy does at each target. Written by the operator. Since 0.1.")
        List<TargetStatus> targets) {
    public PolicyStatus {
        conditions = Absent.orEmpty(conditions);
        ancestors = Absent.orEmpty(ancestors);
        targets = Absent.orEmpty(targets);
    }

    /** What became of a policy at one Gateway. */
    @SchemaCustomizer(value = Shape.class, input = "conditions=type")
    public record AncestorStatus(
            @Required @JsonPropertyDescription("The Gateway. Written by the operator. As in Gateway API. Since 0.1.")
            AncestorRef ancestorRef,

            @Required
            @Size(min = 1, max = Syntax.DNS_LENGTH)
            @JsonPropertyDescription("The controller that wrote this entry. As in Gateway API. Since 0.1.")
            String controllerName,

            @Size(max = 8)
            @JsonPropertyDescription(
                    "Conditions of the policy at this Gateway, keyed by type. Written by the operator. Since 0.1.")
            List<Condition> conditions) {
        public AncestorStatus {
            conditions = Absent.orEmpty(conditions);
        }
    }

    /** Names the Gateway that an entry is about. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AncestorRef(
            @Required
            @Size(max = Syntax.DNS_LENGTH)
            @JsonPropertyDescription("API group of the Gateway. Written by the operator. Since 0.1.")
            String group,

            @Required
            @Size(min = 1, max = Syntax.LABEL_LENGTH)
            @JsonPropertyDescription("Kind of the Gateway. Written by the operator. Since 0.1.")
            String kind,

            @Size(min = 1, max = Syntax.LABEL_LENGTH)
            @JsonPropertyDescription(
                    "Namespace of the Gateway. Absent: that of the policy. Written by the operator. Since 0.1.")
            @Nullable
            String namespace,

            @Required
            @Size(min = 1, max = Syntax.DNS_LENGTH)
            @JsonPropertyDescription("Name of the Gateway. Written by the operator. Since 0.1.")
            String name,

            @Size(min = 1, max = Syntax.DNS_LENGTH)
            @JsonPropertyDescription("Listener of the Gateway. Absent: all. Written by the operator. Since 0.1.")
            @Nullable
            String sectionName) {}

    /** What a policy does at one target. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @SchemaCustomizer(value = Shape.class, input = "blocksUsed=set")
    public record TargetStatus(
            @Required
            @Size(max = Syntax.DNS_LENGTH)
            @JsonPropertyDescription("API group of the target. Written by the operator. Since 0.1.")
            String group,

            @Required
            @Size(min = 1, max = Syntax.LABEL_LENGTH)
            @JsonPropertyDescription("Kind of the target. Written by the operator. Since 0.1.")
            String kind,

            @Required
            @Size(min = 1, max = Syntax.DNS_LENGTH)
            @JsonPropertyDescription("Name of the target. Written by the operator. Since 0.1.")
            String name,

            @Size(min = 1, max = Syntax.DNS_LENGTH)
            @JsonPropertyDescription("Part of the target. Absent: all of it. Written by the operator. Since 0.1.")
            @Nullable
            String sectionName,

            @Min(0)
            @JsonPropertyDescription("Number of routes the policy covers there. Written by the operator. Since 0.1.")
            Integer rules,

            @Size(max = 16)
            @JsonPropertyDescription(
                    "Blocks (limits of a RateLimit) that are in force there, a set. Written by the operator. Since 0.1.")
            List<@Size(min = 1, max = Syntax.LABEL_LENGTH) String> blocksUsed,

            @Size(max = 16)
            @JsonPropertyDescription(
                    "Blocks (limits of a RateLimit) that another policy replaces there. Written by the operator. Since 0.1.")
            List<LostBlock> blocksLost) {
        public TargetStatus {
            rules = Absent.or(rules, 0);
            blocksUsed = Absent.orEmpty(blocksUsed);
            blocksLost = Absent.orEmpty(blocksLost);
        }
    }

    /** A block that another policy replaces. */
    public record LostBlock(
            @Required
            @Size(min = 1, max = Syntax.LABEL_LENGTH)
            @JsonPropertyDescription("The block. Written by the operator. Since 0.1.")
            String block,

            @Required
            @Size(min = 1, max = 1024)
            @JsonPropertyDescription("Who replaces it. Written by the operator. Since 0.1.")
            String to) {}
}
