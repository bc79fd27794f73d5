package dev.portico.operator.compile;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.ServiceDeclaration;

/** The port of a Service that an upstream stands for. */
record UpstreamUse(ObjectRef service, ServiceDeclaration.Port port) {
    String upstream() {
        return service.namespace() + "/" + service.name() + ":" + port.number();
    }
}
