package dev.portico.operator.model;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Names an object of the cluster.
 *
 * @param group empty for the core group
 * @param namespace empty for objects of the cluster's scope
 */
public record ObjectRef(String group, String kind, String namespace, String name) implements Comparable<ObjectRef> {
    public static final String PORTICO = "portico.dev";

    public static ObjectRef of(HasMetadata object) {
        var apiVersion = object.getApiVersion();
        var slash = apiVersion.indexOf('/');
        return new ObjectRef(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                object.getKind(),
                orEmpty(object.getMetadata().getNamespace()),
                object.getMetadata().getName());
    }

    public static ObjectRef gateway(String namespace, String name) {
        return new ObjectRef(PORTICO, "Gateway", namespace, name);
    }

    public static ObjectRef rateLimit(String namespace, String name) {
        return new ObjectRef(PORTICO, "RateLimit", namespace, name);
    }

    public static ObjectRef ingress(String namespace, String name) {
        return new ObjectRef("networking.k8s.io", "Ingress", namespace, name);
    }

    public static ObjectRef ingressClass(String name) {
        return new ObjectRef("networking.k8s.io", "IngressClass", "", name);
    }

    public static ObjectRef service(String namespace, String name) {
        return new ObjectRef("", "Service", namespace, name);
    }

    public static ObjectRef secret(String namespace, String name) {
        return new ObjectRef("", "Secret", namespace, name);
    }

    public static ObjectRef configMap(String namespace, String name) {
        return new ObjectRef("", "ConfigMap", namespace, name);
    }

    public static ObjectRef namespace(String name) {
        return new ObjectRef("", "Namespace", "", name);
    }

    /** By namespace and name, as ties of age are broken everywhere. */
    @Override
    public int compareTo(ObjectRef other) {
        var order = namespace.compareTo(other.namespace);
        order = order != 0 ? order : name.compareTo(other.name);
        order = order != 0 ? order : kind.compareTo(other.kind);
        return order != 0 ? order : group.compareTo(other.group);
    }

    /** As users are told: {@code Ingress/shop/web}. */
    @Override
    public String toString() {
        return namespace.isEmpty() ? kind + "/" + name : kind + "/" + namespace + "/" + name;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
