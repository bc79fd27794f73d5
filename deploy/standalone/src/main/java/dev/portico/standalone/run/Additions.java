package dev.portico.standalone.run;

import dev.portico.operator.model.ObjectRef;
import dev.portico.standalone.admission.Admission;
import dev.portico.standalone.admission.Judge;
import dev.portico.standalone.echo.EchoServers;
import dev.portico.standalone.folder.Reading;
import dev.portico.standalone.folder.SourceObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a run adds to the objects of a folder, so that the folder need not be a whole cluster; admitted as they are. */
final class Additions {
    static final ObjectRef DEFAULT_GATEWAY = ObjectRef.gateway("portico-system", "portico");
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final Admission admission;
    private final @Nullable EchoServers echo;

    Additions(Judge judge, @Nullable EchoServers echo) {
        this.admission = new Admission(judge);
        this.echo = echo;
    }

    /** The folder with what it need not say. */
    Admission.Admitted complete(Admission.Admitted folder) {
        var added = new LinkedHashMap<ObjectRef, Map<String, @Nullable Object>>();
        // A Gateway that is refused is still the one that the user wants.
        if (folder.sources().keySet().stream().noneMatch(Additions::isGateway)) {
            added.put(DEFAULT_GATEWAY, defaultGateway());
        }
        namespaces(folder.objects().keySet(), added);
        if (echo != null) {
            echoes(echo, folder.objects(), added);
        }
        var sources = new LinkedHashMap<ObjectRef, SourceObject>();
        added.forEach((ref, content) -> sources.put(ref, SourceObject.of(ref, content)));
        return folder.with(admission.admit(new Reading(sources, List.of())));
    }

    private static boolean isGateway(ObjectRef ref) {
        return ref.group().equals(ObjectRef.PORTICO) && ref.kind().equals("Gateway");
    }

    private static void namespaces(Collection<ObjectRef> folder, Map<ObjectRef, Map<String, @Nullable Object>> added) {
        var names = folder.stream().map(ObjectRef::namespace).collect(Collectors.toSet());
        names.add(DEFAULT_GATEWAY.namespace());
        names.stream()
                .filter(name -> !name.isEmpty() && !folder.contains(ObjectRef.namespace(name)))
                .forEach(name -> added.put(
                        ObjectRef.namespace(name),
                        object("v1", ObjectRef.namespace(name), Map.of("kubernetes.io/metadata.name", name))));
    }

    private static void echoes(
            EchoServers echo,
            Map<ObjectRef, Map<String, @Nullable Object>> folder,
            Map<ObjectRef, Map<String, @Nullable Object>> added) {
        var answered = folder.entrySet().stream()
                .filter(entry -> entry.getKey().kind().equals("EndpointSlice"))
                .map(entry -> ObjectRef.service(entry.getKey().namespace(), serviceOf(entry.getValue())))
                .collect(Collectors.toSet());
        var echoed = folder.entrySet().stream()
                .filter(entry -> entry.getKey().kind().equals("Service"))
                .filter(entry -> !answered.contains(entry.getKey()))
                .filter(entry -> !"ExternalName".equals(spec(entry.getValue()).get("type")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        echo.retain(Set.copyOf(echoed.keySet()));
        echoed.forEach((service, content) -> {
            var ref = new ObjectRef("discovery.k8s.io", "EndpointSlice", service.namespace(), service.name() + "-echo");
            added.put(ref, slice(ref, service, spec(content), echo.port(service)));
        });
    }

    private static Map<String, @Nullable Object> slice(ObjectRef ref, ObjectRef service, Map<?, ?> spec, int port) {
        var slice = object("discovery.k8s.io/v1", ref, Map.of(SERVICE_NAME, service.name()));
        slice.put("addressType", "IPv4");
        slice.put("endpoints", List.of(Map.of("addresses", List.of("127.0.0.1"), "conditions", Map.of("ready", true))));
        var ports = new ArrayList<Map<String, Object>>();
        if (spec.get("ports") instanceof List<?> list) {
            for (Object entry : list) {
                var name = entry instanceof Map<?, ?> map && map.get("name") instanceof String text ? text : "";
                ports.add(Map.of("name", name, "port", port, "protocol", "TCP"));
            }
        }
        slice.put("ports", ports);
        return slice;
    }

    private static Map<String, @Nullable Object> defaultGateway() {
        var all = Map.of("namespaces", Map.of("from", "All"));
        var gateway = object("portico.dev/v1alpha1", DEFAULT_GATEWAY, Map.of());
        gateway.put(
                "spec",
                Map.of(
                        "listeners",
                        List.of(
                                Map.of("name", "http", "port", 80, "protocol", "HTTP", "allowedRoutes", all),
                                Map.of(
                                        "name",
                                        "https",
                                        "port",
                                        443,
                                        "protocol",
                                        "HTTPS",
                                        "allowedRoutes",
                                        all,
                                        "tls",
                                        Map.of()))));
        return gateway;
    }

    static Map<String, @Nullable Object> object(String apiVersion, ObjectRef ref, Map<String, String> labels) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", ref.name());
        if (!ref.namespace().isEmpty()) {
            metadata.put("namespace", ref.namespace());
        }
        metadata.put("labels", labels);
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put("apiVersion", apiVersion);
        object.put("kind", ref.kind());
        object.put("metadata", metadata);
        return object;
    }

    private static Map<?, ?> spec(Map<String, @Nullable Object> content) {
        return content.get("spec") instanceof Map<?, ?> spec ? spec : Map.of();
    }

    private static String serviceOf(Map<String, @Nullable Object> slice) {
        return slice.get("metadata") instanceof Map<?, ?> metadata
                        && metadata.get("labels") instanceof Map<?, ?> labels
                        && labels.get(SERVICE_NAME) instanceof String service
                ? service
                : "";
    }
}
