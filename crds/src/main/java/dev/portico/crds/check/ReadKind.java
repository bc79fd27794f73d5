package dev.portico.crds.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds that Portico reads. What is named by others comes first, so that in this order nothing is missed for long. */
public enum ReadKind {
    NAMESPACE("v1", "Namespace", false),
    SECRET("v1", "Secret", true),
    CONFIG_MAP("v1", "ConfigMap", true),
    SERVICE("v1", "Service", true),
    ENDPOINT_SLICE("discovery.k8s.io/v1", "EndpointSlice", true),
    INGRESS_CLASS("networking.k8s.io/v1", "IngressClass", false),
    GATEWAY("portico.dev/v1alpha1", "Gateway", true),
    RATE_LIMIT("portico.dev/v1alpha1", "RateLimit", true),
    BACKEND_POLICY("portico.dev/v1alpha1", "BackendPolicy", true),
    INGRESS("networking.k8s.io/v1", "Ingress", true);

    private static final List<ReadKind> ALL = List.of(values());

    private final String apiVersion;
    private final String kind;
    private final boolean namespaced;

    ReadKind(String apiVersion, String kind, boolean namespaced) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.namespaced = namespaced;
    }

    public static Stream<ReadKind> all() {
        return ALL.stream();
    }

    /** The kind by its group, empty for the core one, and its name. */
    public static Optional<ReadKind> of(String group, String kind) {
        return all().filter(each -> each.kind.equals(kind) && each.group().equals(group))
                .findFirst();
    }

    public String apiVersion() {
        return apiVersion;
    }

    public String group() {
        var slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    public String kind() {
        return kind;
    }

    public boolean isNamespaced() {
        return namespaced;
    }
}
