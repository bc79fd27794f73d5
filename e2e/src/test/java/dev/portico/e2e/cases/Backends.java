package dev.portico.e2e.cases;

import dev.portico.e2e.requests.GrpcCode;
import dev.portico.echo.Behaviour;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the echo of a Service differs from the usual: {@code backends.yaml}, by Service name. */
public record Backends(Map<String, Backend> byService) {
    private static final Set<String> FIELDS =
            Set.of("status", "headers", "body", "delay", "endpoints", "grpc", "tls", "clients");

    static Backends of(Tree document) {
        var backends = new TreeMap<String, Backend>();
        document.map().keySet().forEach(service -> backends.put(service, backend(service, document.tree(service))));
        return new Backends(backends);
    }

    private static Backend backend(String service, Tree fields) {
        if (!FIELDS.containsAll(fields.map().keySet())) {
            throw new IllegalArgumentException("backend " + service + " has " + fields + ", known: " + FIELDS);
        }
        var headers = new TreeMap<String, String>();
        if (fields.find("headers").isPresent()) {
            Tree given = fields.tree("headers");
            given.map().keySet().forEach(name -> headers.put(name, given.text(name)));
        }
        String delay = (String) fields.find("delay").orElse("0ms");
        return new Backend(
                (int) fields.find("status").orElse(200),
                headers,
                (String) fields.find("body").orElse(null),
                Duration.ofMillis(Long.parseLong(delay.replace("ms", ""))),
                (int) fields.find("endpoints").orElse(1),
                fields.find("grpc").map(code -> GrpcCode.valueOf((String) code)).orElse(null),
                (String) fields.find("tls").orElse(null),
                (String) fields.find("clients").orElse(null));
    }

    /** The echo of a Service. */
    public Backend of(String service) {
        return byService.getOrDefault(service, Backend.ECHO);
    }

    /**
     * What endpoints of a Service answer.
     *
     * @param body absent: the request as JSON
     * @param delay before the answer
     * @param grpc how calls end; absent: what is asked is no call
     * @param tls the Secret whose certificate is shown; absent: no TLS
     * @param clients the ConfigMap whose authorities certify clients; absent: no certificate is asked for
     */
    public record Backend(
            int status,
            Map<String, String> headers,
            @Nullable String body,
            Duration delay,
            int endpoints,
            @Nullable GrpcCode grpc,
            @Nullable String tls,
            @Nullable String clients) {
        /** The same, as an echo takes it. */
        public Behaviour behaviour(Addresses.Service service, Pems pems) {
            return new Behaviour(
                    service.name(),
                    service.namespace(),
                    status,
                    headers,
                    body,
                    delay,
                    grpc == null ? null : Integer.valueOf(grpc.number()),
                    tls == null
                            ? null
                            : new Behaviour.Tls(
                                    pems.certificate(tls),
                                    pems.key(tls),
                                    clients == null ? null : pems.authorities(clients)));
        }

        static final Backend ECHO = new Backend(200, Map.of(), null, Duration.ZERO, 1, null, null, null);
    }
}
