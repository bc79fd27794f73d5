package dev.portico.e2e.requests;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code requests.txt} with its details.
 *
 * @param line where it stands, for messages
 * @param tls the one version of TLS that is offered; absent: all
 * @param sni the server name; absent: the URL's host
 */
public record Ask(
        int line,
        String text,
        Set<Http> versions,
        @Nullable String tls,
        @Nullable String sni,
        String method,
        Url url,
        int times,
        Expectation expectation,
        List<Header> headers,
        @Nullable String body,
        List<HeaderCheck> answer,
        @Nullable String answerBody,
        List<HeaderCheck> seen) {
    /** The method of a line that opens a WebSocket. */
    public static final String WEBSOCKET = "WEBSOCKET";

    /** The method of a call of gRPC: a POST whose body is one message, as the answer's is. */
    public static final String GRPC = "GRPC";

    public Ask {
        versions = Set.copyOf(versions);
        headers = List.copyOf(headers);
        answer = List.copyOf(answer);
        seen = List.copyOf(seen);
    }

    /** Whether more than the outcome is expected. */
    public boolean hasDetails() {
        return answerBody != null || !answer.isEmpty() || !seen.isEmpty();
    }

    /** A version of HTTP to ask in. */
    public enum Http {
        H1,
        H2
    }

    /** A header line that is sent. */
    public record Header(String name, String value) {}

    public boolean isCall() {
        return method.equals(GRPC);
    }

    @Override
    public String toString() {
        return "line " + line + ": " + text;
    }
}
