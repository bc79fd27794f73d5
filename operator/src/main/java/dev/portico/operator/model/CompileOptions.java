package dev.portico.operator.model;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How this installation compiles; the same for the whole life of a process.
 *
 * @param ingressController what IngressClasses of ours name as controller
 * @param gatewayController what is written as controllerName into statuses
 * @param dataPlane the id of the data plane that serves a portico Gateway
 * @param portOffset added to listener ports below 1024, and to those that redirects name; 0 to 64512
 * @param reservedPorts ports of the data plane's own, on which no listener can be
 * @param allowLoopbackEndpoints whether endpoints may be loopback addresses: on a developer's machine only
 * @param defaultGateway where Ingresses go whose class names no Gateway
 * @param classWithoutObject an ingress class that is ours although no IngressClass object says so
 */
public record CompileOptions(
        String ingressController,
        String gatewayController,
        Function<HasMetadata, String> dataPlane,
        int portOffset,
        Set<Integer> reservedPorts,
        boolean allowLoopbackEndpoints,
        @Nullable ObjectRef defaultGateway,
        @Nullable String classWithoutObject) {
    public static final String INGRESS_CONTROLLER = "portico.dev/ingress-controller";
    public static final String GATEWAY_CONTROLLER = "portico.dev/gateway-controller";

    /** With which the largest port that is shifted is still one. */
    private static final int LARGEST_PORT_OFFSET = 65535 - 1023;

    public CompileOptions {
        reservedPorts = Set.copyOf(reservedPorts);
        checkPortOffset(portOffset);
    }

    /** @throws IllegalArgumentException unless every port below 1024 is still a port with it */
    public static void checkPortOffset(int offset) {
        if (offset < 0 || offset > LARGEST_PORT_OFFSET) {
            throw new IllegalArgumentException("port-offset is " + offset + ", expected 0 to " + LARGEST_PORT_OFFSET);
        }
    }

    /** One data plane for each Gateway, named by its uid. */
    public static CompileOptions cluster(@Nullable ObjectRef defaultGateway) {
        return new CompileOptions(
                INGRESS_CONTROLLER,
                GATEWAY_CONTROLLER,
                gateway -> gateway.getMetadata().getUid(),
                0,
                Set.of(9080, 9443),
                false,
                defaultGateway,
                null);
    }

    /** One data plane for all Gateways, on the user's own machine. */
    public static CompileOptions standalone(
            String dataPlane, int portOffset, Set<Integer> reservedPorts, @Nullable ObjectRef defaultGateway) {
        return new CompileOptions(
                INGRESS_CONTROLLER,
                GATEWAY_CONTROLLER,
                gateway -> dataPlane,
                portOffset,
                reservedPorts,
                true,
                defaultGateway,
                "portico");
    }
}
