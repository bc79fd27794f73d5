package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.TestLimits;
import dev.portico.proxy.TestProxy;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.ClientLimits;
import dev.portico.routetable.Endpoints.Endpoint;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Upstream;
import io.netty.handler.codec.http2.Http2Error;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a whole data plane tells of clients that met a limit, by either version of HTTP: the table of docs/metrics.md. */
@SuppressWarnings("NullAway.Init")
final class LimitsTest {
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration LATE = Duration.ofSeconds(30);
    private static final String HOST = "a.example.org";
    private static final String GET = "GET / HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n";
    private static final ClientLimits SMALL_HEADS = TestLimits.headers(1024, 4096, 10);

    private final Origin origin = new Origin();
    private TestProxy proxy;

    LimitsTest() throws IOException {}

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        proxy = new TestProxy(directory);
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
        origin.close();
    }

    /** Meets a limit, and stays until it is closed. */
    @FunctionalInterface
    interface Client {
        Closeable ask(int port) throws IOException;
    }

    /**
     * @param status of the request that tells of it; 0: there is none
     * @param reason of that request
     * @param limit of the connection
     */
    record Met(
            String name,
            ClientLimits limits,
            Client client,
            int status,
            String reason,
            @Nullable String limit) {
        static Met byRequest(String version, ClientLimits limits, int status, String reason, Client client) {
            return new Met(reason + " by " + version, limits, client, status, reason, null);
        }

        static Met byConnection(String version, ClientLimits limits, String limit, Client client) {
            return new Met(limit + " of " + version, limits, client, 0, "", limit);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Met> limits() {
        ClientLimits oneRequest = TestLimits.connections(100, 0, 1);
        ClientLimits slowHeads = patience(SOON, LATE, LATE, LATE);
        ClientLimits silence = patience(LATE, SOON, LATE, LATE);
        ClientLimits stalls = patience(LATE, LATE, SOON, LATE);
        ClientLimits slowBodies = patience(LATE, LATE, LATE, SOON);
        return Stream.of(
                Met.byConnection("HTTP/1.1", oneRequest, "max_requests", port -> say(port, GET)),
                Met.byConnection("HTTP/2", oneRequest, "max_requests", port -> get(port, "/")),
                Met.byRequest(
                        "HTTP/1.1",
                        SMALL_HEADS,
                        414,
                        "request_line_too_long",
                        port -> say(port, GET.replace("/ ", "/" + "x".repeat(1024) + " "))),
                Met.byRequest(
                        "HTTP/2", SMALL_HEADS, 414, "request_line_too_long", port -> get(port, "/" + "x".repeat(1024))),
                Met.byRequest(
                        "HTTP/1.1",
                        SMALL_HEADS,
                        431,
                        "headers_too_large",
                        port -> say(port, GET.replace("\r\n\r\n", "\r\n" + "x: y\r\n".repeat(10) + "\r\n"))),
                Met.byRequest(
                        "HTTP/2", SMALL_HEADS, 431, "headers_too_large", port -> get(port, "/", "x", "y".repeat(4096))),
                Met.byConnection("HTTP/1.1", slowHeads, "header_timeout", port -> say(port, "")),
                Met.byConnection(
                        "HTTP/2", slowHeads, "header_timeout", port -> say(port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")),
                Met.byRequest("HTTP/1.1", slowHeads, 408, "header_timeout", port -> say(port, GET.substring(0, 20))),
                Met.byConnection("HTTP/1.1", silence, "idle_timeout", port -> say(port, GET)),
                Met.byConnection("HTTP/2", silence, "idle_timeout", port -> RawClient.greeting(port)::close),
                Met.byRequest("a WebSocket", silence, 101, "tunnel_idle", port -> say(port, webSocket())),
                Met.byRequest(
                        "HTTP/1.1",
                        slowBodies,
                        408,
                        "body_too_slow",
                        port -> say(port, "POST / HTTP/1.1\r\nHost: " + HOST + "\r\nContent-Length: 1000\r\n\r\nfew")),
                Met.byRequest("HTTP/2", slowBodies, 408, "body_too_slow", LimitsTest::post),
                Met.byRequest(
                        "HTTP/1.1", stalls, 200, "client_too_slow", port -> say(port, GET.replace("/ ", "/large "))),
                Met.byRequest("HTTP/2", stalls, 200, "client_too_slow", port -> get(port, "/large")),
                Met.byRequest("HTTP/2", TestLimits.http2(1, 10, LATE), 499, "too_many_streams", port -> hang(port, 1)),
                flood());
    }

    private static Met flood() {
        return new Met(
                "too many frames",
                TestLimits.http2(100, 10, LATE),
                port -> hang(port, 30),
                499,
                "too_many_frames",
                "http2_frames");
    }

    private static ClientLimits patience(Duration header, Duration idle, Duration writeStall, Duration bodyGrace) {
        return TestLimits.patience(
                new ClientLimits.Timeouts(header, idle, LATE, writeStall),
                new ClientLimits.MinBodyRate(500, bodyGrace));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void isSeenByWhoeverReadsMetricsAndLog(Met met) throws Exception {
        push(met.limits(), AccessLog.DEFAULT);
        try (Closeable _ = met.client().ask(proxy.port())) {
            await().untilAsserted(
                            () -> assertCounted(met, proxy.admin("/metrics").body()));
            if (met.status() > 0) {
                String status = "\"status\":" + met.status();
                String reason = "\"reason\":\"" + met.reason() + "\"";
                await().untilAsserted(() -> assertThat(proxy.accessLog())
                        .anySatisfy(line -> assertThat(line).contains("\"listener\":\"http\"", status, reason)));
            }
        }
    }

    private static void assertCounted(Met met, String metrics) {
        if (met.status() > 0) {
            assertThat(metrics).containsPattern("portico_own_answers_total\\{reason=\"" + met.reason() + "\"} [1-9]");
        }
        if (met.limit() != null) {
            assertThat(metrics)
                    .contains("portico_connection_limits_total{listener=\"http\",limit=\"" + met.limit() + "\"} 1\n");
        }
    }

    @Test
    void aRefusedStreamIsLoggedAsTheRequestThatItWas() throws Exception {
        push(TestLimits.http2(1, 10, LATE), AccessLog.DEFAULT);
        try (Closeable _ = hang(proxy.port(), 1)) {
            await().untilAsserted(() -> assertThat(proxy.accessLog())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("\"protocol\":\"HTTP/2.0\"", "\"method\":\"GET\"", "\"path\":\"/hang\"")
                            .contains("\"status\":499", "\"reason\":\"too_many_streams\"", "\"bytes_sent\":0")
                            .doesNotContain("cut", "upstream")));
        }
    }

    @Test
    void aHeadThatCouldNotBeReadIsLoggedAsItsListenerSays() throws Exception {
        push(SMALL_HEADS, new AccessLog(AccessLog.Format.TEXT, 100));
        try (Closeable _ = get(proxy.port(), "/" + "x".repeat(1024))) {
            await().untilAsserted(() -> assertThat(proxy.accessLog())
                    .singleElement()
                    .satisfies(
                            line -> assertThat(line).startsWith("127.0.0.1 [").endsWith(" request_line_too_long")));
        }
    }

    private void push(ClientLimits limits, AccessLog log) throws Exception {
        proxy.pushAll(List.of(
                new HttpListener(
                        TestProxy.LISTENER,
                        proxy.port(),
                        List.of(HttpVersion.HTTP1, HttpVersion.HTTP2),
                        null,
                        TestLimits.traffic(limits),
                        log),
                new Upstream("echo", new Balancer.RoundRobin()),
                TestProxy.endpoints(new Endpoint("127.0.0.1", origin.port())),
                TestProxy.host(HOST, TestProxy.route("/"))));
    }

    private static Closeable say(int port, String text) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String webSocket() {
        return "GET /chat HTTP/1.1\r\nHost: " + HOST
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }

    /** By HTTP/2, with windows that stay as they are. */
    private static Closeable get(int port, String path, String... fields) throws IOException {
        RawClient client = RawClient.greeting(port);
        client.headers(1, true, Fields.request("GET", path, fields)).flush();
        return client::close;
    }

    private static Closeable post(int port) throws IOException {
        RawClient client = RawClient.greeting(port);
        client.headers(1, false, Fields.request("POST", "/", "content-length", "1000"))
                .data(1, false, new byte[3])
                .flush();
        return client::close;
    }

    /** Asks for what is never answered, and so many times more for what it cancels. */
    private static Closeable hang(int port, int cancelled) throws IOException {
        RawClient client = RawClient.greeting(port);
        client.headers(1, true, Fields.request("GET", "/hang"));
        for (int n = 1; n <= cancelled; n++) {
            client.headers(2 * n + 1, true, Fields.request("GET", "/hang"));
            client.number(Frame.RST_STREAM, 2 * n + 1, (int) Http2Error.CANCEL.code());
        }
        client.flush();
        return client::close;
    }
}
