package dev.portico.standalone.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder of 200 good objects and 40 that each have one mistake. */
final class Corpus {
    static final int GOOD = 200;

    /** An Ingress of our class and its Service, without a class, a Gateway or endpoints. */
    static final String INGRESS_ALONE = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web}
            spec:
              ingressClassName: portico
              rules:
              - host: alone.example.org
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {ports: [{port: 80}]}
            """;

    /** Each is one object with one mistake; what its Problem must name stands before it. */
    static final List<Broken> BROKEN = List.of(
            ingress("spec.ruls", "  ruls: []\n"),
            ingress(
                    "spec.rules[0].host",
                    "  rules: [{host: 'a b', http: {paths: [" + path("/", "Prefix", "good0", 80) + "]}}]\n"),
            ingress(
                    "spec.rules[0].host",
                    "  rules: [{host: 10.0.0.1, http: {paths: [" + path("/", "Prefix", "good0", 80) + "]}}]\n"),
            ingress(
                    "spec.rules[0].host",
                    "  rules: [{host: '*.*.example.org', http: {paths: [" + path("/", "Prefix", "good0", 80)
                            + "]}}]\n"),
            rule("pathType", "{path: /, backend: {service: {name: good0, port: {number: 80}}}}"),
            rule("pathType", path("/", "Prefx", "good0", 80)),
            rule("path", path("no-slash", "Prefix", "good0", 80)),
            rule("path", path("/a//b", "Prefix", "good0", 80)),
            rule("backend", path("/", "Prefix", "absent", 80)),
            rule("backend", path("/", "Prefix", "good0", 81)),
            rule(
                    "backend",
                    "{path: /, pathType: Prefix, backend: {service: {name: good0, port: {number: 80, name: http}}}}"),
            rule("backend", "{path: /, pathType: Prefix, backend: {service: {name: good0}}}"),
            rule("backend", "{path: /, pathType: Prefix, backend: {service: {name: good0, port: {number: http}}}}"),
            rule(
                    "backend",
                    "{path: /, pathType: Prefix, backend: {resource: {apiGroup: x.org, kind: Bucket, name: b}}}"),
            ingress("spec.tls[0]", "  tls: [{hosts: [t.example.org], secretName: absent}]\n" + defaultBackend()),
            object("networking.k8s.io/v1", "Ingress", "spec", "BROKEN", "spec: {ingressClassName: edge}\n"),
            service("spec.ports[0].port", "  ports: [{port: 70000}]\n"),
            service("spec.ports[0].port", "  ports: [{port: eighty}]\n"),
            service("spec.ports[1].name", "  ports: [{name: a, port: 80}, {port: 81}]\n"),
            service("spec.ports[0].protocol", "  ports: [{port: 80, protocol: HTTP}]\n"),
            service("spec.type", "  type: Loadbalancer\n  ports: [{port: 80}]\n"),
            service("spec.prts", "  prts: []\n  ports: [{port: 80}]\n"),
            object("v1", "Service", "metadata.name", "Bad_Name", "spec: {ports: [{port: 80}]}\n"),
            object("v1", "Secret", "tls.crt", "BROKEN", "type: kubernetes.io/tls\ndata: {tls.key: aGVsbG8=}\n"),
            object(
                    "v1",
                    "Secret",
                    "data.tls",
                    "BROKEN",
                    "type: kubernetes.io/tls\ndata: {tls.crt: 'not base64!', tls.key: aGVsbG8=}\n"),
            slice(
                    "addressType",
                    "addressType: IPv5\nendpoints: [{addresses: [10.1.1.1]}]\nports: [{name: http, port: 80}]\n"),
            slice(
                    "endpoints[0].addresses",
                    "addressType: IPv4\nendpoints: [{addresses: [10.1.1.300]}]\nports: [{name: http, port: 80}]\n"),
            gateway("spec.listeners[0].port", "  listeners: [{name: a, port: 0, protocol: HTTP}]\n"),
            gateway("spec.listeners[0].protocol", "  listeners: [{name: a, port: 4001, protocol: HTTQ}]\n"),
            gateway("spec.listeners[0].colour", "  listeners: [{name: a, port: 4002, protocol: HTTP, colour: red}]\n"),
            gateway("spec.listeners[0]", "  listeners: [{name: a, port: 4003, protocol: HTTPS}]\n"),
            gateway("spec.listeners[0].port", "  listeners: [{name: a, port: 80, protocol: HTTP}]\n"),
            gateway(
                    "spec.routes[0]",
                    "  listeners: [{name: a, port: 4005, protocol: HTTP}]\n  routes: [{name: r, backendRefs: [{name: absent, port: 80}]}]\n"),
            gateway(
                    "spec.routes[0].matches[0].path",
                    "  listeners: [{name: a, port: 4006, protocol: HTTP}]\n  routes: [{name: r, matches: [{path: {type: RegularExpression, value: '/(a'}}], backendRefs: [{name: good0, port: 80}]}]\n"),
            rateLimit(
                    "spec.targetRefs[0]",
                    "  targetRefs: [{group: portico.dev, kind: Gateway, name: absent}]\n  limits: [{name: a, scope: Replica, requests: {count: 1, per: 1s}}]\n"),
            rateLimit("spec.limits[0].scope", target() + "  limits: [{name: a, requests: {count: 1, per: 1s}}]\n"),
            rateLimit(
                    "spec.limits[0].requests.per",
                    target() + "  limits: [{name: a, scope: Replica, requests: {count: 1, per: soon}}]\n"),
            object("networking.k8s.io/v1", "Ingres", "kind", "BROKEN", "spec: {}\n"),
            object("networking.k8s.io/v1beta1", "Ingress", "apiVersion", "BROKEN", "spec: {}\n"),
            new Broken("", "apiVersion: v1\nkind: Service\nmetadata:\n  name: BROKEN\n spec: [\n"));

    private Corpus() {}

    static void write(Path folder) throws IOException {
        var documents = new ArrayList<String>();
        documents.add("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: alpha}
                spec:
                  listeners: [{name: http, port: 80, protocol: HTTP}]
                """);
        documents.add("""
                apiVersion: networking.k8s.io/v1
                kind: IngressClass
                metadata: {name: edge}
                spec:
                  controller: portico.dev/ingress-controller
                  parameters: {apiGroup: portico.dev, kind: Gateway, scope: Namespace, namespace: default, name: alpha}
                """);
        for (int i = 0; documents.size() < GOOD; i++) {
            documents.add("apiVersion: v1\nkind: Service\nmetadata: {name: good" + i + "}\n"
                    + "spec: {ports: [{name: http, port: 80}]}\n");
            if (documents.size() < GOOD) {
                documents.add(
                        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: good" + i + "}\nspec:\n"
                                + "  ingressClassName: edge\n  rules: [{host: h" + i + ".example.org, http: {paths: ["
                                + path("/", "Prefix", "good" + i, 80) + "]}}]\n");
            }
        }
        for (int i = 0; i < BROKEN.size(); i++) {
            documents.add(i * 5 + 3, BROKEN.get(i).text().replace("BROKEN", "broken" + i));
        }
        for (int i = 0; i < documents.size(); i += 12) {
            var part = documents.subList(i, Math.min(i + 12, documents.size()));
            Files.writeString(folder.resolve("part-%03d.yaml".formatted(i)), String.join("---\n", part));
        }
    }

    private static Broken ingress(String field, String spec) {
        return object("networking.k8s.io/v1", "Ingress", field, "BROKEN", "spec:\n  ingressClassName: edge\n" + spec);
    }

    private static Broken rule(String field, String path) {
        return ingress(field, "  rules: [{host: BROKEN.example.org, http: {paths: [" + path + "]}}]\n");
    }

    private static String path(String path, String type, String service, int port) {
        return "{path: " + path + ", pathType: " + type + ", backend: {service: {name: " + service + ", port: {number: "
                + port + "}}}}";
    }

    private static String defaultBackend() {
        return "  rules: [{host: t.example.org, http: {paths: [" + path("/", "Prefix", "good0", 80) + "]}}]\n";
    }

    private static String target() {
        return "  targetRefs: [{group: portico.dev, kind: Gateway, name: alpha}]\n";
    }

    private static Broken service(String field, String spec) {
        return object("v1", "Service", field, "BROKEN", "spec:\n" + spec);
    }

    private static Broken slice(String field, String rest) {
        return new Broken(
                field,
                "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n  name: BROKEN\n"
                        + "  labels: {kubernetes.io/service-name: good0}\n" + rest);
    }

    private static Broken gateway(String field, String spec) {
        return object("portico.dev/v1alpha1", "Gateway", field, "BROKEN", "spec:\n" + spec);
    }

    private static Broken rateLimit(String field, String spec) {
        return object("portico.dev/v1alpha1", "RateLimit", field, "BROKEN", "spec:\n" + spec);
    }

    private static Broken object(String apiVersion, String kind, String field, String name, String rest) {
        return new Broken(
                field, "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata:\n  name: " + name + "\n" + rest);
    }

    /** A document, and a part of the path of the field that is wrong in it; empty where its syntax is. */
    record Broken(String field, String text) {}
}
