package dev.portico.crds.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checks of an Ingress. */
final class IngressRules implements KindRules {
    private static final Set<String> PATH_TYPES = Set.of("Exact", "ImplementationSpecific", "Prefix");
    private static final List<String> NOT_IN_PATHS = List.of("//", "/./", "/../", "%2f", "%2F");
    private static final List<String> NOT_AT_END = List.of("/..", "/.");

    @Override
    public void check(Map<String, @Nullable Object> object, Findings findings) {
        Map<String, @Nullable Object> spec = Types.map(object, "spec");
        List<?> rules = Types.list(spec, "rules");
        if (rules.isEmpty() && spec.get("defaultBackend") == null) {
            findings.invalid("spec", spec, "either `defaultBackend` or `rules` must be specified");
        }
        if (spec.get("defaultBackend") != null) {
            backend("spec.defaultBackend", Types.map(spec, "defaultBackend"), findings);
        }
        String className = Types.text(spec, "ingressClassName");
        if (className != null) {
            wrong("spec.ingressClassName", className, Names.subdomain(className), findings);
        }
        each("spec.tls", Types.list(spec, "tls"), (field, tls) -> tls(field, tls, findings));
        each("spec.rules", rules, (field, rule) -> rule(field, rule, findings));
    }

    private static void tls(String field, Map<String, @Nullable Object> tls, Findings findings) {
        List<?> hosts = Types.list(tls, "hosts");
        for (int i = 0; i < hosts.size(); i++) {
            if (hosts.get(i) instanceof String host) {
                wrong(field + ".hosts[" + i + "]", host, Names.host(host), findings);
            }
        }
        String secret = Types.text(tls, "secretName");
        if (secret != null && !secret.isEmpty()) {
            wrong(field + ".secretName", secret, Names.subdomain(secret), findings);
        }
    }

    private static void rule(String field, Map<String, @Nullable Object> rule, Findings findings) {
        String host = Types.text(rule, "host");
        if (host != null && !host.isEmpty()) {
            wrong(field + ".host", host, Names.host(host), findings);
        }
        if (rule.get("http") != null) {
            List<?> paths = Types.list(Types.map(rule, "http"), "paths");
            if (paths.isEmpty()) {
                findings.required(field + ".http.paths");
            }
            each(field + ".http.paths", paths, (at, path) -> path(at, path, findings));
        }
    }

    private static void path(String field, Map<String, @Nullable Object> path, Findings findings) {
        String type = Types.text(path, "pathType");
        if (type == null) {
            findings.required(field + ".pathType", "pathType must be specified");
        } else if (!PATH_TYPES.contains(type)) {
            findings.unsupported(field + ".pathType", type, PATH_TYPES);
        } else {
            String value = Types.text(path, "path");
            value(field + ".path", value == null ? "" : value, type, findings);
        }
        backend(field + ".backend", Types.map(path, "backend"), findings);
    }

    private static void value(String field, String path, String type, Findings findings) {
        if (type.equals("ImplementationSpecific")) {
            if (!path.isEmpty() && !path.startsWith("/")) {
                findings.invalid(field, path, "must be an absolute path");
            }
            return;
        }
        if (!path.startsWith("/")) {
            findings.invalid(field, path, "must be an absolute path");
        }
        NOT_IN_PATHS.stream()
                .filter(path::contains)
                .forEach(part -> findings.invalid(field, path, "must not contain '" + part + "'"));
        NOT_AT_END.stream()
                .filter(path::endsWith)
                .forEach(part -> findings.invalid(field, path, "cannot end with '" + part + "'"));
    }

    private static void backend(String field, Map<String, @Nullable Object> backend, Findings findings) {
        boolean service = backend.get("service") != null;
        boolean resource = backend.get("resource") != null;
        if (service && resource) {
            findings.invalid(field, "", "cannot set both resource and service backends");
        } else if (resource) {
            Map<String, @Nullable Object> target = Types.map(backend, "resource");
            for (String name : List.of("kind", "name")) {
                if (Types.text(target, name) == null) {
                    findings.required(field + ".resource." + name);
                }
            }
        } else if (service) {
            service(field + ".service", Types.map(backend, "service"), findings);
        } else {
            findings.required(field, "resource or service backend is required");
        }
    }

    private static void service(String field, Map<String, @Nullable Object> service, Findings findings) {
        String name = Types.text(service, "name");
        if (name == null || name.isEmpty()) {
            findings.required(field + ".name");
        } else {
            wrong(field + ".name", name, Names.label(name), findings);
        }
        Map<String, @Nullable Object> port = Types.map(service, "port");
        boolean named = Types.text(port, "name") != null;
        boolean numbered = port.get("number") instanceof Long number && number != 0;
        if (named && numbered) {
            findings.invalid(field, "", "cannot set both port name & port number");
        } else if (!named && !numbered) {
            findings.required(field, "port name or number is required");
        } else if (numbered) {
            Ports.check(field + ".port.number", port.get("number"), findings);
        }
    }

    private static void wrong(String field, String value, @Nullable String why, Findings findings) {
        if (why != null) {
            findings.invalid(field, value, why);
        }
    }

    private static void each(String field, List<?> list, Each each) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> item) {
                each.item(field + "[" + i + "]", Types.map(item));
            }
        }
    }

    /** One entry of a list, with its field. */
    private interface Each {
        void item(String field, Map<String, @Nullable Object> item);
    }
}
