package dev.portico.crds.check;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checks of a Service. */
final class ServiceRules implements KindRules {
    private static final Set<String> TYPES = Set.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final Set<String> PROTOCOLS = Set.of("SCTP", "TCP", "UDP");

    @Override
    public void complete(Map<String, @Nullable Object> object, Findings findings) {
        if (!(object.get("spec") instanceof Map<?, ?> map)) {
            return;
        }
        Map<String, @Nullable Object> spec = Types.map(map);
        spec.putIfAbsent("type", "ClusterIP");
        for (Object each : Types.list(spec, "ports")) {
            if (each instanceof Map<?, ?> port) {
                complete(Types.map(port));
            }
        }
    }

    private static void complete(Map<String, @Nullable Object> port) {
        port.putIfAbsent("protocol", "TCP");
        if (port.get("port") != null) {
            port.putIfAbsent("targetPort", port.get("port"));
        }
    }

    @Override
    public @Nullable String name(String name) {
        return Names.label(name);
    }

    @Override
    public void check(Map<String, @Nullable Object> object, Findings findings) {
        Map<String, @Nullable Object> spec = Types.map(object, "spec");
        String type = Types.text(spec, "type");
        if (type != null && !TYPES.contains(type)) {
            findings.unsupported("spec.type", type, TYPES);
        }
        List<?> ports = Types.list(spec, "ports");
        boolean external = "ExternalName".equals(type);
        if (external) {
            external(spec, findings);
        }
        if (ports.isEmpty() && !external && !"None".equals(spec.get("clusterIP"))) {
            findings.required("spec.ports");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i) instanceof Map<?, ?> port) {
                port("spec.ports[" + i + "]", Types.map(port), ports.size() > 1, names, findings);
            }
        }
    }

    private static void external(Map<String, @Nullable Object> spec, Findings findings) {
        String name = Types.text(spec, "externalName");
        if (name == null || name.isEmpty()) {
            findings.required("spec.externalName");
        }
    }

    private static void port(
            String field, Map<String, @Nullable Object> port, boolean several, Set<String> names, Findings findings) {
        String name = Types.text(port, "name");
        if (name == null || name.isEmpty()) {
            if (several) {
                findings.required(field + ".name");
            }
        } else if (Names.label(name) != null) {
            findings.invalid(field + ".name", name, String.valueOf(Names.label(name)));
        } else if (!names.add(name)) {
            findings.duplicate(field + ".name", name);
        }
        if (port.get("port") == null) {
            findings.invalid(field + ".port", 0L, "must be between 1 and 65535, inclusive");
        }
        Ports.check(field + ".port", port.get("port"), findings);
        Ports.check(field + ".targetPort", port.get("targetPort"), findings);
        String protocol = Types.text(port, "protocol");
        if (protocol != null && !PROTOCOLS.contains(protocol)) {
            findings.unsupported(field + ".protocol", protocol, PROTOCOLS);
        }
    }
}
