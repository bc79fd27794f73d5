package dev.portico.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.tls.Engine;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Timeouts;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the data plane adds to calls of gRPC; the four types of calls are asked by e2e/grpc. */
class GrpcTest {
    private static final String TYPE = "application/grpc";

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc", "application/grpc+proto", "Application/gRPC; x=y"})
    void whatTheDataPlaneItselfAnswersIsAStatusOfGrpc(String type) throws Exception {
        try (var way = new Way(HttpVersion.HTTP2, null)) {
            Caller.Called got = way.caller.call("/", type, "1S");
            assertThat(got.status()).isEqualTo(200);
            assertThat(got.head("grpc-status")).isEqualTo("14");
            assertThat(got.head("grpc-message")).isEqualTo("Service Unavailable");
            assertThat(got.head("content-type")).isEqualTo(TYPE);
            assertThat(got.body()).isEmpty();
            await().untilAsserted(() -> assertThat(way.reasons).containsExactly("no_endpoint"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc-web", "application/grpcx", "text/plain"})
    void whatIsNoCallIsAnsweredInHttp(String type) throws Exception {
        try (var way = new Way(HttpVersion.HTTP2, null)) {
            assertThat(way.caller.call("/", type, "1S").status()).isEqualTo(503);
        }
    }

    @Test
    void aClientOfHttp1IsAnsweredInHttpWhateverItsTypeSays() throws Exception {
        try (var way = new Way(HttpVersion.HTTP2, null)) {
            HttpResponse<String> got = way.send(asked(way, "/", "1S"));
            assertThat(got.statusCode()).isEqualTo(503);
            assertThat(got.headers().firstValue("grpc-status")).isEmpty();
            assertThat(got.body()).isEqualTo("503 Service Unavailable\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"500m,", "500000u,", "1H,PT0.5S", "99999999H,PT0.5S"})
    void theShorterOfTheClientsAndTheRoutesPatienceCounts(String timeout, String ofRoute) throws Exception {
        var timeouts = new Timeouts(ofRoute == null ? null : Duration.parse(ofRoute), null);
        try (var endpoint = new Http2Endpoint();
                var way = new Way(Engine.jdk(), timeouts, HttpVersion.HTTP2, null, endpoint.port())) {
            // A connection is there: what is timed is the call.
            assertThat(way.get("/").statusCode()).isEqualTo(200);
            long asked = System.nanoTime();
            Caller.Called got = way.caller.call("/hang", TYPE, timeout);
            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .isBetween(Duration.ofMillis(490), Duration.ofSeconds(10));
            assertThat(got.head("grpc-status")).isEqualTo("4");
            await().until(() -> way.reasons.contains("request_timeout"));
            await().until(() -> endpoint.resets.contains(8L));
            assertThat(endpoint.heads.getLast().get("grpc-timeout")).hasToString(timeout);
        }
    }

    @Test
    void aTimeoutThatCannotBeReadLimitsNothing() throws Exception {
        try (var endpoint = new Http2Endpoint();
                var way = new Way(HttpVersion.HTTP2, null, endpoint.port())) {
            for (String timeout : new String[] {"0x1S", "1", "123456789S", "1s"}) {
                assertThat(way.caller.call("/", TYPE, timeout).body()).isEqualTo("POST / 1");
            }
        }
    }

    @Test
    void toAnEndpointOfHttp1ThereAreNoCalls() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var way = new Way(HttpVersion.HTTP1, null, server.getLocalPort())) {
            Thread.ofVirtual().start(() -> answerLate(server));
            Caller.Called got = way.caller.call("/", TYPE, "1m");
            assertThat(got.status()).isEqualTo(200);
            assertThat(got.head("grpc-status")).isNull();
        }
    }

    @Test
    void ofAClientOfHttp1ThereAreNoCalls() throws Exception {
        try (var endpoint = new Http2Endpoint();
                var way = new Way(HttpVersion.HTTP2, null, endpoint.port())) {
            var answer = way.client.sendAsync(asked(way, "/hold", "1m"), BodyHandlers.ofString());
            await().until(() -> endpoint.heads.size() == 1);
            // A call that begins later is over by its own timeout: so the first could have been.
            assertThat(way.caller.call("/hang", TYPE, "1m").head("grpc-status")).isEqualTo("4");
            endpoint.answerHeld();
            assertThat(answer.join().body()).isEqualTo("POST /hold 1");
        }
    }

    @Test
    void aCallThatIsCutByItsEndpointEndsByAStatus() throws Exception {
        try (var endpoint = new Http2Endpoint();
                var way = new Way(HttpVersion.HTTP2, null, endpoint.port())) {
            Caller.Called got = way.caller.call("/call-cut", TYPE, "10S");
            assertThat(got.status()).isEqualTo(200);
            assertThat(got.body()).isEqualTo("only this");
            assertThat(got.trailer("grpc-status")).isEqualTo("14");
            assertThat(got.trailer("grpc-message")).isEqualTo("Bad Gateway");
            await().untilAsserted(() -> assertThat(way.reasons).containsExactly("upstream_truncated"));
            assertThat(way.leased()).isZero();
        }
    }

    @Test
    void aCallThatTakesTooLongEndsByAStatusAlsoInTheMiddleOfItsAnswer() throws Exception {
        try (var endpoint = new Http2Endpoint();
                var way = new Way(HttpVersion.HTTP2, null, endpoint.port())) {
            Caller.Called got = way.caller.call("/call", TYPE, "500m");
            assertThat(got.status()).isEqualTo(200);
            assertThat(got.body()).isEqualTo("only this");
            assertThat(got.trailer("grpc-status")).isEqualTo("4");
            await().untilAsserted(() -> assertThat(way.reasons).containsExactly("request_timeout"));
            await().until(() -> endpoint.resets.contains(8L));
            assertThat(way.leased()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"/cut,application/grpc", "/call-of-length,application/grpc", "/call-cut,application/grpc-web"})
    void anAnswerThatIsNoCallsOrSaysItsLengthIsReset(String path, String type) throws Exception {
        try (var endpoint = new Http2Endpoint();
                var way = new Way(HttpVersion.HTTP2, null, endpoint.port())) {
            assertThatThrownBy(() -> way.caller.call(path, type, "10S")).hasCauseInstanceOf(StreamResetException.class);
            await().untilAsserted(() -> assertThat(way.reasons).containsExactly("upstream_truncated"));
        }
    }

    private static void answerLate(ServerSocket server) {
        try (Socket socket = server.accept()) {
            // Later than the client of a call would wait.
            Thread.sleep(Duration.ofMillis(500));
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var _ = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException | InterruptedException e) {
            // the test is over
        }
    }

    /** What looks like a call, by HTTP/1.1. */
    private static HttpRequest asked(Way way, String path, String timeout) {
        return way.request(path)
                .header("Content-Type", TYPE)
                .header("TE", "trailers")
                .header("grpc-timeout", timeout)
                .POST(BodyPublishers.ofString("x"))
                .build();
    }
}
