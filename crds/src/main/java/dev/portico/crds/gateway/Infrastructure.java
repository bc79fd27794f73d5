package dev.portico.crds.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portico.crds.Absent;
import dev.portico.crds.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pods and the Service of a Gateway's data plane, which are made in the Gateway's namespace. */
@ValidationRule(
        value = "!(has(self.replicas) && has(self.autoscaling))",
        message = "replicas and autoscaling exclude each other")
public record Infrastructure(
        @Size(max = 8)
        @ValidationRule(value = Syntax.KEYS, message = Syntax.KEYS_MESSAGE)
        @JsonPropertyDescription(
                "Labels of everything that is made for the Gateway, pods included, at most 8. Portico's own win. Refused at apply otherwise. As in Gateway API. Since 0.1.")
        Map<String, @Pattern(Syntax.LABEL_VALUE) @Size(max = Syntax.LABEL_LENGTH) String> labels,

        @Size(max = 8)
        @ValidationRule(value = Syntax.KEYS, message = Syntax.KEYS_MESSAGE)
        @ValidationRule(value = OTHERS, message = OTHERS_MESSAGE)
        @JsonPropertyDescription(
                "Annotations of the Deployment, its pods and the Service, at most 8, with values of at most 4096 characters; other objects that are made get none. Refused at apply otherwise, and of the domains portico.dev and deployment.kubernetes.io. As in Gateway API. Since 0.1.")
        Map<String, @Size(max = Syntax.VALUE_LENGTH) String> annotations,

        @Min(1)
        @Max(100)
        @JsonPropertyDescription(
                "Number of pods, 1-100. Absent: 2 when they are first made. Carried out when the pods are made and whenever it is edited, also back from autoscaling; what kubectl scale says in between stays. Refused at apply otherwise, and beside autoscaling. Since 0.1.")
        @Nullable
        Integer replicas,

        @JsonPropertyDescription(
                "Lets the number of pods follow their load, by a HorizontalPodAutoscaler. Absent: none. Refused at apply beside replicas. Since 0.1.")
        @Nullable
        Autoscaling autoscaling,

        @JsonPropertyDescription(
                "The Service that clients come through. Absent: as if every field had its default. Since 0.1.")
        ServiceSettings service,

        @Default("Disabled")
        @JsonPropertyDescription(
                "Enabled: pods bind the ports of the listeners on their node too, so that no load balancer is needed; an update then stops a pod before it starts the next. Default Disabled. Refused at apply otherwise; where the namespace's pod security forbids host ports, Programmed is False. Since 0.1.")
        HostPorts hostPorts,

        @JsonPropertyDescription(
                "What each pod asks for and may use. Absent: 100m of CPU and 256Mi of memory asked for, at most 1Gi of memory used. The heap is a quarter of what may be used; buffers of up to 512Mi and code come on top, with less than 1Gi only the buffers that heap and 192Mi leave, at least 32Mi: beyond them requests are refused. Since 0.1.")
        Resources resources,

        @JsonPropertyDescription("The nodes that pods run on. Absent: as if every field had its default. Since 0.1.")
        Scheduling scheduling,

        @Default("60s")
        @Pattern(Syntax.DURATION)
        @Size(max = Syntax.DURATION_LENGTH)
        @ValidationRule(value = "duration(self) <= duration('1h')", message = "must be at most 1h")
        @JsonPropertyDescription(
                "How long requests in flight may take when a pod ends, 0s-1h; whole seconds, rounded up. Default 60s. Refused at apply otherwise. Since 0.1.")
        String drainTimeout) {
    private static final String OTHERS =
            "self.all(k, !k.startsWith('portico.dev/') && !k.startsWith('deployment.kubernetes.io/'))";
    private static final String OTHERS_MESSAGE =
            "annotations of the domains portico.dev and deployment.kubernetes.io are written by controllers";
    private static final String DRAIN_TIMEOUT = "60s";

    /** What holds where the block is absent. */
    public static final Infrastructure BY_DEFAULT = new Infrastructure(
            Map.of(),
            Map.of(),
            null,
            null,
            ServiceSettings.BY_DEFAULT,
            HostPorts.DISABLED,
            Resources.BY_DEFAULT,
            Scheduling.BY_DEFAULT,
            DRAIN_TIMEOUT);

    public Infrastructure {
        labels = Absent.orEmpty(labels);
        annotations = Absent.orEmpty(annotations);
        service = Absent.or(service, ServiceSettings.BY_DEFAULT);
        hostPorts = Absent.or(hostPorts, HostPorts.DISABLED);
        resources = Absent.or(resources, Resources.BY_DEFAULT);
        scheduling = Absent.or(scheduling, Scheduling.BY_DEFAULT);
        drainTimeout = Absent.or(drainTimeout, DRAIN_TIMEOUT);
    }

    /** Whether pods bind ports of their node. */
    public enum HostPorts {
        @JsonProperty("Disabled")
        DISABLED,
        @JsonProperty("Enabled")
        ENABLED
    }
}
