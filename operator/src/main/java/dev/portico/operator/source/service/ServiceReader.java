package dev.portico.operator.source.service;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.ServiceDeclaration;
import dev.portico.routetable.HttpVersion;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.List;

/** Reads a Service. */
public final class ServiceReader {
    /** HTTP/2 by prior knowledge (Kubernetes, KEP-3726); WebSocket, which has names there too, needs none. */
    private static final String H2C = "kubernetes.io/h2c";

    private ServiceReader() {}

    public static ServiceDeclaration read(Service service) {
        var spec = service.getSpec();
        var ports = spec == null || spec.getPorts() == null ? List.<ServicePort>of() : spec.getPorts();
        return new ServiceDeclaration(
                ObjectRef.of(service),
                ports.stream()
                        .filter(port -> port.getPort() != null)
                        .filter(port ->
                                port.getProtocol() == null || port.getProtocol().equals("TCP"))
                        .map(ServiceReader::port)
                        .toList(),
                spec != null && "ExternalName".equals(spec.getType()));
    }

    private static ServiceDeclaration.Port port(ServicePort port) {
        var target = port.getTargetPort();
        return new ServiceDeclaration.Port(
                port.getName() == null ? "" : port.getName(),
                port.getPort(),
                target == null ? port.getPort() : target.getIntVal(),
                H2C.equals(port.getAppProtocol()) ? HttpVersion.HTTP2 : null);
    }
}
