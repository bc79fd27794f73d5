package dev.portico.operator.compile;

import dev.portico.crds.backend.BackendPolicy;
import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.ratelimit.RateLimit;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.CompileOptions;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.source.secret.CertificateReader;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** Worlds out of YAML. */
final class Worlds {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    static final ObjectRef EDGE = ObjectRef.gateway("portico", "edge");

    /** A Gateway that serves every namespace on 80 and 443, and the class that sends Ingresses there. */
    static final String EDGE_YAML = """
            apiVersion: portico.dev/v1alpha1
            kind: Gateway
            metadata: {name: edge, namespace: portico, uid: edge-uid, generation: 1, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec:
              listeners:
              - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
              - {name: https, port: 443, protocol: HTTPS, allowedRoutes: {namespaces: {from: All}}, tls: {}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: portico}
            spec:
              controller: portico.dev/ingress-controller
              parameters: {apiGroup: portico.dev, kind: Gateway, scope: Namespace, namespace: portico, name: edge}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {ports: [{name: http, port: 80, targetPort: 8080}]}
            """;

    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Gateway", Gateway.class,
            "RateLimit", RateLimit.class,
            "BackendPolicy", BackendPolicy.class,
            "Ingress", Ingress.class,
            "IngressClass", IngressClass.class,
            "Service", Service.class,
            "Secret", Secret.class,
            "ConfigMap", ConfigMap.class,
            "Namespace", Namespace.class,
            "EndpointSlice", EndpointSlice.class);

    private Worlds() {}

    static ClusterState of(String... yaml) {
        return with(ClusterState.empty(NOW), yaml);
    }

    static ClusterState edge(String... yaml) {
        return with(of(EDGE_YAML), yaml);
    }

    static ClusterState with(ClusterState state, String... yaml) {
        for (String text : yaml) {
            for (String document : Arrays.asList(text.split("(?m)^---$"))) {
                var object = read(document);
                state = object instanceof Secret secret
                        ? state.with(CertificateReader.remember(state.secret(ObjectRef.of(secret)), secret))
                        : state.with(object);
            }
        }
        return state;
    }

    static HasMetadata read(String document) {
        var kind = document.lines()
                .filter(line -> line.startsWith("kind:"))
                .findFirst()
                .orElseThrow()
                .substring(5)
                .trim();
        return YAML.unmarshal(document, KINDS.get(kind));
    }

    static Compiled compile(ClusterState world) {
        return new Compiler(CompileOptions.cluster(EDGE)).compile(world);
    }

    /** An Ingress of namespace shop, of our class, with one host and one path. */
    static String ingress(String name, String created, String host, String pathType, String path, String backend) {
        return """
               apiVersion: networking.k8s.io/v1
               kind: Ingress
               metadata: {name: %s, namespace: shop, generation: 1, creationTimestamp: "%s"}
               spec:
                 ingressClassName: portico
                 rules:
                 - host: %s
                   http: {paths: [{path: %s, pathType: %s, backend: {service: %s}}]}
               """.formatted(name, created, host, path, pathType, backend);
    }

    static String ingress(String name, String host, String path) {
        return ingress(name, "2026-02-01T00:00:00Z", host, "Prefix", path, "{name: web, port: {number: 80}}");
    }
}
