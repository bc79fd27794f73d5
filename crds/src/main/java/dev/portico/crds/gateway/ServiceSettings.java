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
import org.jspecify.annotations.Nullable;

/** The Service of a data plane. */
@ValidationRule(
        value = "self.type == 'LoadBalancer' || !(has(self.loadBalancerClass) || has(self.addresses))",
        message = "loadBalancerClass and addresses are only for type LoadBalancer")
public record ServiceSettings(
        @Default("LoadBalancer")
        @JsonPropertyDescription(
                "LoadBalancer, NodePort or ClusterIP. Default LoadBalancer. Refused at apply otherwise. As in a Service. Since 0.1.")
        Type type,

        @Pattern("^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$")
        @Size(min = 1, max = 317)
        @JsonPropertyDescription(
                "The load balancer that is asked, of several. Absent: the cluster's default. Refused at apply with another type. As in a Service. Since 0.1.")
        @Nullable
        String loadBalancerClass,

        @Default("Local")
        @JsonPropertyDescription(
                "Local: clients reach only pods of the node that they came to, and keep their address. Cluster: any pod. Without effect with type ClusterIP. Default Local. Refused at apply otherwise. As in a Service. Since 0.1.")
        TrafficPolicy externalTrafficPolicy,

        @Size(min = 1, max = 1)
        @JsonPropertyDescription(
                "The address that the load balancer is asked for, at most 1. Absent: any. Refused at apply with another type; Programmed is False until it is given. Since 0.1.")
        @Nullable
        List<RequestedAddress> addresses,

        @Size(max = 16)
        @ValidationRule(value = Syntax.KEYS, message = Syntax.KEYS_MESSAGE)
        @JsonPropertyDescription(
                "Annotations of the Service beside those of the infrastructure, at most 16, with values of at most 4096 characters. Refused at apply otherwise. Since 0.1.")
        Map<String, @Size(max = Syntax.VALUE_LENGTH) String> annotations) {
    /** What holds where the block is absent. */
    public static final ServiceSettings BY_DEFAULT =
            new ServiceSettings(Type.LOAD_BALANCER, null, TrafficPolicy.LOCAL, null, Map.of());

    public ServiceSettings {
        type = Absent.or(type, Type.LOAD_BALANCER);
        externalTrafficPolicy = Absent.or(externalTrafficPolicy, TrafficPolicy.LOCAL);
        addresses = addresses == null ? null : List.copyOf(addresses);
        annotations = Absent.orEmpty(annotations);
    }

    /** How clients come to a Service. */
    public enum Type {
        @JsonProperty("LoadBalancer")
        LOAD_BALANCER,
        @JsonProperty("NodePort")
        NODE_PORT,
        @JsonProperty("ClusterIP")
        CLUSTER_IP
    }

    /** Which pods a client is sent to. */
    public enum TrafficPolicy {
        @JsonProperty("Local")
        LOCAL,
        @JsonProperty("Cluster")
        CLUSTER
    }
}
