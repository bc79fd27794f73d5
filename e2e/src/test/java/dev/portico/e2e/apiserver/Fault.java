package dev.portico.e2e.apiserver;

import dev.portico.e2e.cases.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A document of {@code faults.yaml}: in what an Ingress differs from a good one, and what is told of it. */
record Fault(Tree document) {
    private static final Path ALL = Path.of("src/test/resources/apiserver/faults.yaml");

    static List<Fault> all() throws IOException {
        return Tree.documents(ALL).stream().map(Fault::new).toList();
    }

    String says() {
        return document.text("says");
    }

    /** The Secret that it is told about; empty: the Ingress. */
    String secret() {
        return (String) document.find("secret").orElse("");
    }

    /** The spec of an Ingress that is good but for this. */
    Map<String, Object> spec(String host) {
        return spec(document, host, "/0");
    }

    /** The spec of one that is good. */
    static Map<String, Object> none(String host, String path) {
        return spec(new Tree(Map.of()), host, path);
    }

    private static Map<String, Object> spec(Tree differs, String host, String path) {
        Object web = Map.of("service", Map.of("name", "web", "port", Map.of("number", 80)));
        var served = Map.of(
                "path",
                differs.find("path").orElse(path),
                "pathType",
                "ImplementationSpecific",
                "backend",
                differs.find("backend").orElse(web));
        var spec = new HashMap<String, Object>();
        spec.put("ingressClassName", differs.find("ingressClassName").orElse("faults"));
        spec.put(
                "rules",
                List.of(Map.of("host", differs.find("host").orElse(host), "http", Map.of("paths", List.of(served)))));
        for (String field : List.of("tls", "defaultBackend")) {
            differs.find(field).ifPresent(value -> spec.put(field, value));
        }
        return spec;
    }

    /** So that one is told from another. */
    @Override
    public String toString() {
        return says();
    }
}
