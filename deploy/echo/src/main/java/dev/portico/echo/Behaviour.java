package dev.portico.echo;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an echo answers.
 *
 * @param service the Service that it answers for, named in every answer
 * @param namespace that Service's
 * @param status of every answer, 200 to 599
 * @param headers of every answer
 * @param body absent: the request as JSON
 * @param delay before the answer
 * @param grpcStatus how calls of gRPC end, 0 to 16; absent: what is asked is no call
 * @param tls absent: plain text
 */
public record Behaviour(
        String service,
        String namespace,
        int status,
        Map<String, String> headers,
        @Nullable String body,
        Duration delay,
        @Nullable Integer grpcStatus,
        @Nullable Tls tls) {
    public Behaviour {
        headers = Map.copyOf(headers);
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status is " + status + ", expected 200 to 599");
        }
        if (grpcStatus != null && (grpcStatus < 0 || grpcStatus > 16)) {
            throw new IllegalArgumentException("grpc-status is " + grpcStatus + ", expected 0 to 16");
        }
    }

    /** Answers with the request. */
    public static Behaviour echo(String service, String namespace) {
        return new Behaviour(service, namespace, 200, Map.of(), null, Duration.ZERO, null, null);
    }

    /**
     * What is shown and asked for in a handshake, as PEM.
     *
     * @param authorities certify clients; absent: no certificate is asked for
     */
    public record Tls(
            String certificate, String key, @Nullable String authorities) {
        @Override
        public String toString() {
            return "Tls";
        }
    }

    /** Whether a request is answered with what it was, and a WebSocket with what it said. */
    boolean tellsRequests() {
        return status == 200 && body == null;
    }
}
