package dev.portico.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.tls.Engine;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Timeouts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the data plane adds to calls of gRPC; the four types of calls are asked by e2e/grpc. */
class GrpcTest {
    @ParameterizedTest
    @ValueSource(strings = {"application/grpc", "application/grpc+proto", "Application/gRPC; x=y"})
    void whatTheDataPlaneItselfAnswersIsAStatusOfGrpc(String type) throws Exception {
        try (var way = new Way(HttpVersion.HTTP2, null)) {
            HttpResponse<String> got = call(way, "/hang", type, "1S");
            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(got.headers().firstValue("grpc-status")).contains("14");
            assertThat(got.headers().firstValue("grpc-message")).contains("Service Unavailable");
            assertThat(got.headers().firstValue("content-type")).contains("application/grpc");
            assertThat(got.body()).isEmpty();
            await().untilAsserted(() -> assertThat(way.reasons).containsExactly("no_endpoint"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc-web", "application/grpcx", "text/plain"})
    void whatIsNoCallIsAnsweredInHttp(String type) throws Exception {
        try (var way = new Way(HttpVersion.HTTP2, null)) {
            assertThat(call(way, "/", type, "1S").statusCode()).isEqualTo(503);
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
            HttpResponse<String> got = call(way, "/hang", "application/grpc", timeout);
            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .isBetween(Duration.ofMillis(490), Duration.ofSeconds(10));
            assertThat(got.headers().firstValue("grpc-status")).contains("4");
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
                assertThat(call(way, "/", "application/grpc", timeout).body()).isEqualTo("POST / 1");
            }
        }
    }

    @Test
    void inHttp1ThereAreNoCalls() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var way = new Way(HttpVersion.HTTP1, null, server.getLocalPort())) {
            Thread.ofVirtual().start(() -> answerLate(server));
            HttpResponse<String> got = call(way, "/", "application/grpc", "1m");
            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(got.headers().firstValue("grpc-status")).isEmpty();
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

    private static HttpResponse<String> call(Way way, String path, String type, String timeout)
            throws IOException, InterruptedException {
        return way.send(way.request(path)
                .header("Content-Type", type)
                .header("TE", "trailers")
                .header("grpc-timeout", timeout)
                .POST(BodyPublishers.ofString("x"))
                .build());
    }
}
