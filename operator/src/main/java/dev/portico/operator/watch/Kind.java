package dev.portico.operator.watch;

import dev.portico.crds.backend.BackendPolicy;
import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.ratelimit.RateLimit;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A kind that is read, and which of its objects.
 *
 * @param namespace absent: of all namespaces, or of none
 */
record Kind(
        Class<? extends HasMetadata> type,
        @Nullable String namespace,
        @Nullable String labels,
        @Nullable String fields) {
    private static final List<Kind> ALL = List.of(
            all(Namespace.class),
            all(IngressClass.class),
            all(Service.class),
            all(EndpointSlice.class),
            new Kind(Secret.class, null, null, "type=kubernetes.io/tls"),
            all(ConfigMap.class),
            all(Ingress.class),
            all(Gateway.class),
            all(RateLimit.class),
            all(BackendPolicy.class),
            new Kind(Pod.class, null, Pods.SELECTOR, null));

    private static Kind all(Class<? extends HasMetadata> type) {
        return new Kind(type, null, null, null);
    }

    /** What is read where these namespaces are, or all if none is given. */
    static List<Kind> in(Set<String> namespaces) {
        return namespaces.isEmpty()
                ? ALL
                : ALL.stream().flatMap(kind -> kind.each(namespaces)).toList();
    }

    private Stream<Kind> each(Set<String> namespaces) {
        if (type == Namespace.class) {
            return namespaces.stream().map(name -> new Kind(type, null, labels, "metadata.name=" + name));
        }
        return context().isNamespaceScoped()
                ? namespaces.stream().map(name -> new Kind(type, name, labels, fields))
                : Stream.of(this);
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

    AnyNamespaceOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            of(KubernetesClient client) {
        var all = client.genericKubernetesResources(context());
        return namespace == null ? all.inAnyNamespace() : all.inNamespace(namespace);
    }

    /** For messages, and to tell apart what is listed on its own. */
    @Override
    public String toString() {
        var of = fields != null && type == Namespace.class ? " " + fields : "";
        return namespace == null ? name() + of : name() + " in " + namespace;
    }
}
