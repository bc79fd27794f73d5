package dev.portico.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.tls.Engine;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients, mostly of HTTP/1.1, before endpoints that speak HTTP/2 by prior knowledge. */
@Timeout(60)
class Http2UpstreamTest {
    private final Http2Endpoint endpoint = new Http2Endpoint();
    private final Way way = new Way(HttpVersion.HTTP2, null, endpoint.port());

    Http2UpstreamTest() throws IOException {}

    @AfterEach
    void everyLeaseIsGivenBack() {
        await().until(() -> way.leased() == 0);
        way.close();
        endpoint.close();
    }

    @Test
    void requestsAndAnswersCross() throws Exception {
        HttpResponse<String> got = way.send(way.request("/a?b=c")
                .header("X-Kept", "1")
                .POST(BodyPublishers.ofString("two apples"))
                .build());
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo("POST /a?b=c 10");
        var head = endpoint.heads.getFirst();
        assertThat(head.scheme()).hasToString("http");
        assertThat(head.authority()).hasToString("127.0.0.1:" + way.port());
        assertThat(head.get("content-length")).hasToString("10");
        assertThat(head.get("x-kept")).hasToString("1");
        assertThat(head.contains("host")).isFalse();
        assertThat(head.contains("connection")).isFalse();
        assertThat(head.contains("x-forwarded-for")).isTrue();
    }

    @Test
    void trailersCrossInBothDirections() throws IOException {
        try (var raw = new RawClient(way.port())) {
            raw.send("POST /trailers HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nTransfer-Encoding: chunked\r\n\r\n");
            raw.send("2\r\nhi\r\n0\r\nx-more: 7\r\n\r\n");
            assertThat(raw.until("x-sum: 42\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .contains("hello");
        }
        assertThat(endpoint.trailers.getFirst().get("x-more")).hasToString("7");
        assertThat(endpoint.heads.getFirst().get("te")).hasToString("trailers");
    }

    @Test
    void interimAnswersAndAnswersWithoutBodyCross() throws Exception {
        try (var raw = new RawClient(way.port())) {
            raw.send("GET /hints HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(raw.until("GET /hints 0")).startsWith("HTTP/1.1 103").contains("HTTP/1.1 200");
        }
        HttpResponse<String> only = way.get("/only");
        assertThat(only.headers().firstValue("grpc-status")).contains("5");
        assertThat(only.body()).isEmpty();
        assertThat(way.send(way.request("/").HEAD().build()).statusCode()).isEqualTo(200);
        assertThat(way.send(way.request("/trailers").HEAD().build()).statusCode())
                .isEqualTo(200);
        assertThat(way.send(way.request("/hollow").HEAD().build()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"HEAD,200", "GET,204"})
    void anAnswerWithoutBodyIsServedAlsoWhereItsEndComesLater(String method, int status) throws Exception {
        assertThat(way.caller.ask(method, "/unended")).isEqualTo(status);
        endpoint.endAnswered();
        await().untilAsserted(() -> assertThat(way.reasons).containsExactly("served"));
        assertThat(endpoint.resets).isEmpty();
    }

    @Test
    void manyRequestsShareAConnection() {
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 60; i++) {
            answers.add(way.client.sendAsync(way.request("/hold").build(), BodyHandlers.ofString()));
        }
        await().until(() -> endpoint.heads.size() == 60);
        endpoint.answerHeld();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(endpoint.connections).hasValue(1);
    }

    @Test
    void whatTheEndpointAllowsAtOnceIsRespected() throws Exception {
        try (var few = new Http2Endpoint(3, null);
                var narrow = new Way(HttpVersion.HTTP2, null, few.port())) {
            var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (int i = 0; i < 30; i++) {
                answers.add(narrow.client.sendAsync(narrow.request("/hold").build(), BodyHandlers.ofString()));
            }
            await().until(() -> few.heads.size() == 30);
            few.answerHeld();
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
            assertThat(few.mostAtOnce).hasValue(3);
            assertThat(few.connections).hasValue(10);
            assertThat(narrow.get("/").statusCode()).isEqualTo(200);
            assertThat(few.connections).hasValue(10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/refuse", "/goaway"})
    void whatTheEndpointHasNotLookedAtIsAskedAgain(String path) throws Exception {
        HttpResponse<String> got =
                way.send(way.request(path).POST(BodyPublishers.noBody()).build());
        assertThat(got.body()).isEqualTo("POST " + path + " 0");
        assertThat(endpoint.heads).hasSize(2);
        assertThat(way.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void anEndpointThatLeavesIsAskedOnAnotherConnection() throws Exception {
        assertThat(way.get("/leave").statusCode()).isEqualTo(200);
        assertThat(way.get("/").statusCode()).isEqualTo(200);
        assertThat(endpoint.connections).hasValue(2);
        await().until(() -> way.open() == 1);
    }

    @Test
    void aConnectionThatDiedIsReplacedUnseen() throws Exception {
        assertThat(way.get("/").statusCode()).isEqualTo(200);
        endpoint.hangUp();
        assertThat(way.get("/").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/reset", "/hangup", "/101", "/bad", "/pings", "/hollow", "/headless", "/bodily"})
    void whatIsNoAnswerIsAnswered502(String path) throws Exception {
        assertThat(way.get(path).statusCode()).isEqualTo(502);
        assertThat(way.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void whatTheEndpointBrokeOffIsNotAskedAgain() throws Exception {
        assertThat(way.get("/").statusCode()).isEqualTo(200);
        HttpRequest request = way.request("/reset").DELETE().build();
        assertThat(way.send(request).statusCode()).isEqualTo(502);
        assertThat(endpoint.heads).hasSize(2);
        assertThat(endpoint.connections).hasValue(1);
    }

    @Test
    void anEndpointThatAllowsNothingIsNotDialledWithoutEnd() throws Exception {
        try (var shut = new Http2Endpoint(0, null);
                var before = new Way(HttpVersion.HTTP2, null, shut.port())) {
            assertThat(before.get("/").statusCode()).isEqualTo(503);
            assertThat(shut.connections).hasValueLessThanOrEqualTo(3);
            await().until(() -> before.leased() == 0 && before.open() == 0);
        }
    }

    @Test
    void interimAnswersWithoutEndAreCutOff() throws Exception {
        try (var raw = new RawClient(way.port())) {
            raw.send("GET /interims HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(raw.until("HTTP/1.1 502")).hasSizeLessThan(20_000);
        }
        assertThat(way.get("/").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cut", "/short", "/drained"})
    void aBodyCutShortIsNeverACleanEnd(String path) throws Exception {
        assertThatThrownBy(() -> way.get(path)).isInstanceOf(IOException.class);
        await().until(() -> way.reasons.contains("upstream_truncated"));
        assertThat(way.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void anEndpointThatAnswersEarlyIsSentNoMore() throws Exception {
        try (var raw = new RawClient(way.port())) {
            raw.send("POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 67108864\r\n\r\n");
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 64; i++) {
                        raw.send("x".repeat(1024 * 1024));
                    }
                } catch (IOException e) {
                    // the connection is closed behind an answer whose request nobody reads
                }
            });
            assertThat(raw.until("early")).startsWith("HTTP/1.1 200").containsIgnoringCase("connection: close");
        }
        await().until(() -> endpoint.resets.contains(8L));
        assertThat(endpoint.received.get()).isLessThan(8 * 1024 * 1024);
    }

    @Test
    void anEndpointHearsAtOnceOfAClientThatIsGone() throws Exception {
        assertThat(way.get("/").statusCode()).isEqualTo(200);
        try (var raw = new RawClient(way.port())) {
            raw.send("GET /hang HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> endpoint.heads.size() == 2);
            assertThat(way.leased()).isEqualTo(1);
            raw.reset();
        }
        long gone = System.nanoTime();
        await().pollInterval(Duration.ofMillis(2)).until(() -> endpoint.resets.contains(8L));
        assertThat(Duration.ofNanos(System.nanoTime() - gone)).isLessThan(Duration.ofSeconds(5));
        await().until(() -> way.leased() == 0);
        assertThat(endpoint.connections).hasValue(1);
    }

    @Test
    void answersThatComeTooLateForTheirClientsAreNoFaultOfTheEndpoint() throws Exception {
        try (var late = new LateEndpoint();
                var all = new Way(HttpVersion.HTTP2, null, late.port())) {
            assertThat(all.get("/").body()).isEqualTo("ok");
            for (int n = 1; n <= 300; n++) {
                int asked = n + 1;
                try (var raw = new RawClient(all.port())) {
                    raw.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
                    await().pollInterval(Duration.ofMillis(1)).until(() -> late.heads.get() == asked);
                    raw.reset();
                }
            }
            await().until(() -> all.leased() == 0);
            assertThat(all.get("/").body()).isEqualTo("ok");
            assertThat(late.connections).hasValue(1);
        }
    }

    @Test
    void whereNoMoreConnectionsMayBeMadeIdleOnesMakeWayAndOthersAreWaitedFor() throws Exception {
        UpstreamLimits one = UpstreamLimits.ofLoops(1).within(1);
        try (var other = new Http2Endpoint();
                var both = new Way(
                        Engine.jdk(), Timeouts.DEFAULT, one, HttpVersion.HTTP2, null, endpoint.port(), other.port())) {
            for (int n = 0; n < 4; n++) {
                assertThat(both.get("/").statusCode()).isEqualTo(200);
            }
            assertThat(endpoint.heads).hasSize(2);
            assertThat(other.heads).hasSize(2);
            var held = both.client.sendAsync(both.request("/hold").build(), BodyHandlers.ofString());
            await().until(() -> endpoint.heads.size() + other.heads.size() == 5);
            var next = both.client.sendAsync(both.request("/").build(), BodyHandlers.ofString());
            await().during(Duration.ofMillis(300)).until(() -> both.open() == 1 && !next.isDone());
            endpoint.answerHeld();
            other.answerHeld();
            assertThat(held.join().statusCode()).isEqualTo(200);
            assertThat(next.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aSlowClientSlowsDownItsEndpointAndNobodyElse() throws Exception {
        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 20; i++) {
                var socket = new Socket();
                sockets.add(socket);
                socket.setReceiveBufferSize(64 * 1024);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), way.port()));
                socket.getOutputStream()
                        .write("GET /large HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            await().until(() -> endpoint.heads.size() == 20);
            await().during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(10))
                    .until(endpoint.written::get, new Unmoved());
            assertThat(endpoint.written.get()).isLessThan(20L * Http2Endpoint.LARGE / 2);
            assertThat(way.get("/").statusCode()).isEqualTo(200);
            assertThat(endpoint.connections).hasValue(1);
            InputStream in = sockets.getFirst().getInputStream();
            in.skipNBytes(Http2Endpoint.LARGE);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void aSlowEndpointSlowsDownItsClient() {
        HttpRequest upload = way.request("/slow")
                .POST(BodyPublishers.ofInputStream(() -> new Zeros(16 * 1024 * 1024)))
                .build();
        CompletableFuture<HttpResponse<String>> answer = way.client.sendAsync(upload, BodyHandlers.ofString());
        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(10))
                .until(endpoint.received::get, new Unmoved());
        assertThat(endpoint.received.get()).isBetween(1L, 1024 * 1024L);
        await().pollInterval(Duration.ofMillis(2)).until(() -> {
            endpoint.readOn();
            return answer.isDone();
        });
        assertThat(answer.join().body()).isEqualTo("POST /slow " + 16 * 1024 * 1024);
    }

    @Test
    void anEndpointThatSpeaksOnlyHttp1IsAnswered502() throws Exception {
        try (var server = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // the test is over
                }
            });
            try (var wrong = new Way(HttpVersion.HTTP2, null, server.getLocalPort())) {
                assertThat(wrong.get("/").statusCode()).isEqualTo(502);
                assertThat(wrong.reasons).containsExactly("connect_failed");
                await().until(() -> wrong.leased() == 0 && wrong.open() == 0);
            }
        }
    }
}
