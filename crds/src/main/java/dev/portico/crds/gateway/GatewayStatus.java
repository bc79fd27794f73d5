package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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

/** What became of a Gateway. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = Shape.class, input = "conditions=type listeners=name routes=name")
public record GatewayStatus(
        @Size(max = 8)
        @JsonPropertyDescription(
                "Accepted, ResolvedRefs and Programmed of the Gateway, keyed by type. Written by the operator. Since 0.1.")
        List<Condition> conditions,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Addresses that clients reach the Gateway at. Written by the operator. As in Gateway API. Since 0.1.")
        List<Address> addresses,

        @Size(max = 64)
        @JsonPropertyDescription(
                "What became of each listener, keyed by name. Written by the operator. As in Gateway API. Since 0.1.")
        List<ListenerStatus> listeners,

        @Size(max = 128)
        @JsonPropertyDescription("What became of each route, keyed by name. Written by the operator. Since 0.1.")
        List<RouteStatus> routes,

        @Min(0)
        @JsonPropertyDescription(
                "Number of routes that are served, own ones and those of Ingresses. Written by the operator. Since 0.1.")
        Integer routeCount) {
    public GatewayStatus {
        conditions = Absent.orEmpty(conditions);
        addresses = Absent.orEmpty(addresses);
        listeners = Absent.orEmpty(listeners);
        routes = Absent.orEmpty(routes);
        routeCount = Absent.or(routeCount, 0);
    }

    /** An address that clients reach the Gateway at. */
    public record Address(
            @Required @JsonPropertyDescription("IPAddress or Hostname. Written by the operator. Since 0.1.")
            Type type,

            @Required
            @Size(min = 1, max = Syntax.DNS_LENGTH)
            @JsonPropertyDescription("The address. Written by the operator. Since 0.1.")
            String value) {
        /** What an address is. */
        public enum Type {
            @JsonProperty("IPAddress")
            IP_ADDRESS,
            @JsonProperty("Hostname")
            HOSTNAME
        }
    }

    /** What became of a listener. */
    @SchemaCustomizer(value = Shape.class, input = "conditions=type")
    public record ListenerStatus(
            @Required
            @Size(min = 1, max = Syntax.LABEL_LENGTH)
            @JsonPropertyDescription("Name of the listener. Written by the operator. Since 0.1.")
            String name,

            @Required
            @Min(0)
            @JsonPropertyDescription(
                    "Number of routes that are served here, own ones and those of Ingresses. Written by the operator. As in Gateway API. Since 0.1.")
            Integer attachedRoutes,

            @Size(max = 8)
            @JsonPropertyDescription(
                    "Accepted, ResolvedRefs and Programmed of the listener, keyed by type. Written by the operator. Since 0.1.")
            List<Condition> conditions) {
        public ListenerStatus {
            conditions = Absent.orEmpty(conditions);
        }
    }

    /** What became of a route. */
    @SchemaCustomizer(value = Shape.class, input = "conditions=type")
    public record RouteStatus(
            @Required
            @Size(min = 1, max = Syntax.LABEL_LENGTH)
            @JsonPropertyDescription("Name of the route. Written by the operator. Since 0.1.")
            String name,

            @Size(max = 8)
            @JsonPropertyDescription(
                    "Accepted, ResolvedRefs and others of the route, keyed by type. Written by the operator. Since 0.1.")
            List<Condition> conditions,

            @Size(max = 16)
            @JsonPropertyDescription("Policies that are in force on this route. Written by the operator. Since 0.1.")
            List<EffectivePolicy> policies) {
        public RouteStatus {
            conditions = Absent.orEmpty(conditions);
            policies = Absent.orEmpty(policies);
        }
    }

    /** A policy that is in force on a route. */
    public record EffectivePolicy(
            @Required
            @Size(min = 1, max = Syntax.LABEL_LENGTH)
            @JsonPropertyDescription("Kind of the policy. Written by the operator. Since 0.1.")
            String kind,

            @Required
            @Size(min = 1, max = Syntax.DNS_LENGTH)
            @JsonPropertyDescription("Name of the policy. Written by the operator. Since 0.1.")
            String name,

            @Size(max = 16)
            @JsonPropertyDescription("Blocks of the policy that are in force. Written by the operator. Since 0.1.")
            List<@Size(min = 1, max = Syntax.LABEL_LENGTH) String> blocks) {
        public EffectivePolicy {
            blocks = Absent.orEmpty(blocks);
        }
    }
}
