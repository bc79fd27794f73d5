package dev.portico.operator;

import dev.portico.operator.model.CompileOptions;
import dev.portico.operator.model.ObjectRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that can be configured in an operator.
 *
 * @param kubeconfig a file; absent: as the environment or the pod's service account say
 * @param namespace where the operator keeps its Lease and its authority
 * @param watchedNamespaces the only ones whose objects are read, besides the operator's own; empty: all are
 * @param defaultGateway where Ingresses go whose class names no Gateway, as namespace/name
 * @param singleDataPlane the id of the one data plane that serves all Gateways; absent: each Gateway has its own
 * @param identityDirectory where the identity of the single data plane is written and kept fresh
 * @param proxyImage what data planes are made of; absent: none is provisioned
 * @param portOffset added to listener ports below 1024; 0 to 64512, and 0 where data planes are provisioned
 * @param reservedPorts ports of the data plane's own
 * @param allowLoopbackEndpoints whether endpoints may be loopback addresses
 * @param adminHost where /livez, /readyz and /metrics are answered, where they are opened
 * @param adminPort likewise; 0 is any that is free
 * @param consoleHost where the web page is, where it is opened
 * @param consolePort likewise; 0 is any that is free
 * @param publishAddresses what statuses name as the addresses of all data planes; none: those that each was given
 */
public record OperatorConfig(
        @Nullable Path kubeconfig,
        String namespace,
        Set<String> watchedNamespaces,
        String ingressController,
        String gatewayController,
        @Nullable ObjectRef defaultGateway,
        @Nullable String classWithoutObject,
        @Nullable String singleDataPlane,
        @Nullable Path identityDirectory,
        @Nullable String proxyImage,
        int portOffset,
        Set<Integer> reservedPorts,
        boolean allowLoopbackEndpoints,
        String adminHost,
        int adminPort,
        String consoleHost,
        int consolePort,
        List<String> publishAddresses) {
    private static final Set<String> KEYS = Set.of(
            "kubeconfig",
            "namespace",
            "watch-namespaces",
            "ingress-controller",
            "gateway-controller",
            "default-gateway",
            "ingress-class-without-object",
            "single-data-plane",
            "identity-directory",
            "proxy-image",
            "port-offset",
            "reserved-ports",
            "allow-loopback-endpoints",
            "admin-host",
            "admin-port",
            "console-host",
            "console-port",
            "publish-address");

    public OperatorConfig {
        watchedNamespaces = withOwn(watchedNamespaces, namespace);
        reservedPorts = Set.copyOf(reservedPorts);
        publishAddresses = List.copyOf(publishAddresses);
        if (identityDirectory != null && singleDataPlane == null) {
            throw new IllegalArgumentException(
                    "identity-directory is " + identityDirectory + ", expected single-data-plane beside it");
        }
        if (proxyImage != null && singleDataPlane != null) {
            throw new IllegalArgumentException("proxy-image is " + proxyImage
                    + " beside single-data-plane, expected one of them: what serves all Gateways is not provisioned");
        }
        if (proxyImage != null && portOffset != 0) {
            throw new IllegalArgumentException("port-offset is " + portOffset
                    + " beside proxy-image, expected 0: what is provisioned is reached at the ports of its listeners");
        }
        checkPort("admin-port", adminPort);
        checkPort("console-port", consolePort);
        CompileOptions.checkPortOffset(portOffset);
    }

    private static void checkPort(String key, int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(key + " is " + port + ", expected 0 to 65535");
        }
    }

    private static Set<String> withOwn(Set<String> watched, String own) {
        return watched.isEmpty()
                ? Set.of()
                : Stream.concat(watched.stream(), Stream.of(own)).collect(Collectors.toUnmodifiableSet());
    }

    /** Reads {@code --key=value}; a key that is not known is refused. */
    public static OperatorConfig parse(List<String> arguments) {
        var values = new TreeMap<String, String>();
        for (String argument : arguments) {
            var equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("argument is " + argument + ", expected --key=value");
            }
            var key = argument.substring(2, equals);
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("key is " + key + ", expected one of " + new TreeSet<>(KEYS));
            }
            if (values.put(key, argument.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("key " + key + " is there twice, expected once");
            }
        }
        return of(values);
    }

    private static OperatorConfig of(Map<String, String> values) {
        return new OperatorConfig(
                path(values.get("kubeconfig")),
                values.getOrDefault("namespace", "portico-system"),
                words(values.getOrDefault("watch-namespaces", "")).collect(Collectors.toSet()),
                values.getOrDefault("ingress-controller", CompileOptions.INGRESS_CONTROLLER),
                values.getOrDefault("gateway-controller", CompileOptions.GATEWAY_CONTROLLER),
                gateway(values.get("default-gateway")),
                values.get("ingress-class-without-object"),
                values.get("single-data-plane"),
                path(values.get("identity-directory")),
                values.get("proxy-image"),
                number("port-offset", values.getOrDefault("port-offset", "0")),
                words(values.getOrDefault("reserved-ports", "9080,9443"))
                        .map(port -> number("reserved-ports", port))
                        .collect(Collectors.toSet()),
                flag("allow-loopback-endpoints", values.getOrDefault("allow-loopback-endpoints", "false")),
                values.getOrDefault("admin-host", "0.0.0.0"),
                number("admin-port", values.getOrDefault("admin-port", "9080")),
                values.getOrDefault("console-host", "127.0.0.1"),
                number("console-port", values.getOrDefault("console-port", "9081")),
                words(values.getOrDefault("publish-address", "")).toList());
    }

    CompileOptions compileOptions() {
        return new CompileOptions(
                ingressController,
                gatewayController,
                gateway -> singleDataPlane == null ? gateway.getMetadata().getUid() : singleDataPlane,
                portOffset,
                reservedPorts,
                allowLoopbackEndpoints,
                defaultGateway,
                classWithoutObject);
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null ? null : Path.of(text);
    }

    private static @Nullable ObjectRef gateway(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw new IllegalArgumentException("default-gateway is " + text + ", expected namespace/name");
        }
        return ObjectRef.gateway(text.substring(0, slash), text.substring(slash + 1));
    }

    private static int number(String key, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is " + text + ", expected a number", e);
        }
    }

    private static boolean flag(String key, String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(key + " is " + text + ", expected true or false");
        };
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.split(",", -1)).filter(word -> !word.isBlank());
    }
}
