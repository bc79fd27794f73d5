package dev.portico.operator.watch;

import dev.portico.crds.backend.BackendPolicy;
import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.ratelimit.RateLimit;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A kind that is read, and which of its objects. */
record Kind(
        Class<? extends HasMetadata> type,
        @Nullable String labels,
        @Nullable String fields) {
    static final List<Kind> ALL = List.of(
            all(Namespace.class),
            all(IngressClass.class),
            all(Service.class),
            all(EndpointSlice.class),
            new Kind(Secret.class, null, "type=kubernetes.io/tls"),
            all(ConfigMap.class),
            all(Ingress.class),
            all(Gateway.class),
            all(RateLimit.class),
            all(BackendPolicy.class),
            new Kind(Pod.class, Pods.DATA_PLANE, null));

    private static Kind all(Class<? extends HasMetadata> type) {
        return new Kind(type, null, null);
    }

    ResourceDefinitionContext context() {
        return ResourceDefinitionContext.fromResourceType(type);
    }

    String name() {
        return context().getKind();
    }

    String apiVersion() {
        var context = context();
        return context.getGroup() == null || context.getGroup().isEmpty()
                ? context.getVersion()
                : context.getGroup() + "/" + context.getVersion();
    }

    ListOptions select(ListOptions options) {
        options.setLabelSelector(labels);
        options.setFieldSelector(fields);
        return options;
    }
}
