package dev.portico.e2e.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The made-up addresses of a case's Services, the same at every run: goldens name them, and who finds one in a snapshot
 * knows whose it is.
 */
public final class Addresses {
    private final Map<String, Service> byAddress = new TreeMap<>();
    private final List<Service> services = new ArrayList<>();

    private Addresses() {}

    /** A Service that has endpoints. */
    public record Service(String namespace, String name, List<String> addresses, List<Port> ports) {}

    /**
     * A port of its endpoints.
     *
     * @param target how pods must name it; empty if by its number
     */
    public record Port(String name, int number, String target) {}

    public static Addresses of(List<Tree> objects, Backends backends) {
        var addresses = new Addresses();
        objects.stream()
                .filter(object -> object.is("Service"))
                .filter(object -> object.find("spec", "selector").isPresent())
                .forEach(object -> addresses.add(object, backends));
        return addresses;
    }

    private void add(Tree object, Backends backends) {
        String name = object.text("metadata", "name");
        int index = services.size();
        List<String> own = IntStream.range(0, backends.of(name).endpoints())
                .mapToObj(i -> "10.1." + index + "." + (i + 1))
                .toList();
        List<Port> ports =
                object.trees("spec", "ports").stream().map(Addresses::port).toList();
        var service = new Service(object.text("metadata", "namespace"), name, own, ports);
        services.add(service);
        own.forEach(address -> byAddress.put(address, service));
    }

    /** As endpoints have it: a number that is not named is the port's own, a name is some number. */
    private static Port port(Tree port) {
        Object target = port.find("targetPort").orElse(port.get("port"));
        return new Port(
                (String) port.find("name").orElse(""),
                target instanceof Integer number ? number : 8000 + (int) port.get("port"),
                target instanceof String named ? named : "");
    }

    public List<Service> services() {
        return List.copyOf(services);
    }

    /** Whose address this is. */
    public Service serviceOf(String address) {
        Service service = byAddress.get(address);
        if (service == null) {
            throw new IllegalArgumentException(address + " is no address of this case, expected one of " + byAddress);
        }
        return service;
    }

    /** The EndpointSlices that a cluster would have written, one for each Service. */
    public List<Map<String, Object>> slices() {
        return services.stream().map(Addresses::slice).toList();
    }

    private static Map<String, Object> slice(Service service) {
        return Map.of(
                "apiVersion",
                "discovery.k8s.io/v1",
                "kind",
                "EndpointSlice",
                "metadata",
                Map.of(
                        "name",
                        service.name() + "-1",
                        "namespace",
                        service.namespace(),
                        "labels",
                        Map.of("kubernetes.io/service-name", service.name())),
                "addressType",
                "IPv4",
                "endpoints",
                service.addresses().stream()
                        .map(address -> Map.of("addresses", List.of(address), "conditions", Map.of("ready", true)))
                        .toList(),
                "ports",
                service.ports().stream()
                        .map(port -> Map.of("name", port.name(), "port", port.number(), "protocol", "TCP"))
                        .toList());
    }
}
