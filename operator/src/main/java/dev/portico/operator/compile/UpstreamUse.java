package dev.portico.operator.compile;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.ServiceDeclaration;

/**
 * The port of a Service that an upstream stands for.
 *
 * @param rules how many rules of an object name it
 */
record UpstreamUse(ObjectRef service, ServiceDeclaration.Port port, int rules) {
    UpstreamUse plus(UpstreamUse other) {
        return new UpstreamUse(service, port, rules + other.rules);
    }

    String upstream() {
        return service.namespace() + "/" + service.name() + ":" + port.number();
    }
}
