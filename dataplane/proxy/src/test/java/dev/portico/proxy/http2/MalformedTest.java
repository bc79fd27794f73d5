package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What HTTP/1 would read in another way never becomes HTTP/1. */
final class MalformedTest {
    private final Origin origin = new Origin();
    private final Gateway gateway = new Gateway(origin);
    private final RawClient client = RawClient.greeting(gateway.port());

    MalformedTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        client.close();
        gateway.close();
        origin.close();
    }

    static Stream<Arguments> heads() {
        return Stream.of(
                head("no method", ":scheme", "http", ":authority", "a", ":path", "/"),
                head("no scheme", ":method", "GET", ":authority", "a", ":path", "/"),
                head("no path", ":method", "GET", ":scheme", "http", ":authority", "a"),
                head("an empty path", ":method", "GET", ":scheme", "http", ":authority", "a", ":path", ""),
                head("no authority and no host", ":method", "GET", ":scheme", "http", ":path", "/"),
                head("an unknown scheme", ":method", "GET", ":scheme", "ftp", ":authority", "a", ":path", "/"),
                with("a second method", ":method", "POST"),
                with("a second path", ":path", "/admin"),
                with("a second authority", ":authority", "b"),
                with("an unknown pseudo-header", ":admin", "yes"),
                with("a pseudo-header of responses", ":status", "200"),
                with("a protocol without CONNECT", ":protocol", "websocket"),
                head("CONNECT to another protocol", Fields.request("CONNECT", "/", ":protocol", "connect-udp")),
                head(
                        "a WebSocket with a body",
                        Fields.request("CONNECT", "/", ":protocol", "websocket", "content-length", "0")),
                head("a WebSocket to nowhere", ":method", "CONNECT", ":protocol", "websocket", ":authority", "a"),
                head("a pseudo-header after a header", "x", "y", ":method", "GET", ":scheme", "http", ":path", "/"),
                with("an upper-case name", "X-Admin", "yes"),
                with("an empty name", "", "x"),
                with("a space in a name", "x y", "z"),
                with("a colon in a name", "x:y", "z"),
                with("a line feed in a name", "x\ny", "z"),
                with("a line feed in a value", "x", "y\nadmin: yes"),
                with("a carriage return in a value", "x", "y\rz"),
                with("a NUL in a value", "x", "y\0z"),
                with("Connection", "connection", "close"),
                with("Keep-Alive", "keep-alive", "timeout=5"),
                with("Proxy-Connection", "proxy-connection", "close"),
                with("Transfer-Encoding", "transfer-encoding", "chunked"),
                with("Upgrade", "upgrade", "h2c"),
                with("TE that is not trailers", "te", "gzip"),
                with("two lengths", "content-length", "1", "content-length", "2"),
                with("a length that is no number", "content-length", "+1"),
                with("a length where no body follows", "content-length", "5"),
                with("another host", "host", "b.example.org"),
                with("two hosts", "host", "a.example.org", "host", "a.example.org"),
                head("a space in the path", Fields.request("GET", "/a HTTP/1.1")),
                head("a line feed in the path", Fields.request("GET", "/a\nx: y")),
                head("a path without slash", Fields.request("GET", "a")),
                head("an absolute path that names another host", Fields.request("GET", "http://evil.example/x")),
                head("a space in the method", Fields.request("GET /admin", "/")),
                head("a user in the authority", ":method", "GET", ":scheme", "http", ":authority", "u@a", ":path", "/"),
                head("CONNECT", ":method", "CONNECT", ":authority", "a.example.org:22"));
    }

    private static Arguments head(String name, String... fields) {
        return Arguments.of(name, fields);
    }

    private static Arguments with(String name, String... more) {
        return Arguments.of(name, Fields.request("GET", "/", more));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("heads")
    void aMalformedHeadIsRefusedAndReachesNoEndpoint(String name, String[] fields) throws IOException {
        Answer answer = client.request(1, fields);
        if (answer.reset >= 0) {
            assertThat(answer.reset).as(name).isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
        } else {
            assertThat(answer.status()).as(name).isIn("400", "501");
        }
        assertThat(client.request(3, Fields.request("GET", "/good")).status()).isEqualTo("200");
        assertThat(origin.heads).singleElement().asString().startsWith("GET /good ");
    }

    @Test
    void aBodyLongerThanAnnouncedIsResetAndNeverSentOn() throws IOException {
        client.headers(1, false, Fields.request("POST", "/", "content-length", "5"));
        client.data(1, false, new byte[4]).data(1, true, new byte[4]).flush();
        assertThat(client.answer(1).reset).isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
        await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
        await().untilAsserted(() -> assertThat(gateway.reasons).containsExactly("bad_framing"));
        assertThat(origin.received.get()).isLessThanOrEqualTo(4);
    }

    @Test
    void aBodyShorterThanAnnouncedIsReset() throws IOException {
        client.headers(1, false, Fields.request("POST", "/", "content-length", "5"));
        client.data(1, true, new byte[4]).flush();
        assertThat(client.answer(1).reset).isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
        await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
    }

    @Test
    void pseudoHeadersInTrailersAreRefused() throws IOException {
        client.headers(1, false, Fields.request("POST", "/"));
        client.data(1, false, new byte[4]).headers(1, true, ":path", "/admin").flush();
        assertThat(client.answer(1).reset).isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
    }

    @Test
    void trailersThatMeanSomethingElsewhereDoNotReachTheEndpoint() throws IOException {
        client.headers(1, false, Fields.request("POST", "/"));
        client.data(1, false, new byte[4])
                .headers(
                        1,
                        true,
                        "x-forwarded-for",
                        "192.0.2.1",
                        "host",
                        "evil",
                        "x_real_ip",
                        "192.0.2.1",
                        "x-sum",
                        "42")
                .flush();
        assertThat(client.answer(1).status()).isEqualTo("200");
        assertThat(origin.trailers).containsExactly("x-sum: 42");
    }

    @Test
    void aSecondHeadAfterTheRequestsEndIsAnError() throws IOException {
        client.headers(1, true, Fields.request("GET", "/hang"));
        client.headers(1, true, Fields.request("GET", "/hang")).flush();
        assertThat(client.answer(1).reset).isEqualTo((int) Http2Error.STREAM_CLOSED.code());
    }

    @Test
    void aHeadOnAStreamThatIsOverEndsTheConnection() throws IOException {
        client.request(1, Fields.request("GET", "/"));
        client.headers(1, true, Fields.request("GET", "/")).flush();
        assertThat(client.next(Frame.GOAWAY).error()).isEqualTo((int) Http2Error.STREAM_CLOSED.code());
    }

    @Test
    void aStreamBelowTheLastOneEndsTheConnection() throws IOException {
        client.headers(5, true, Fields.request("GET", "/hang"));
        client.headers(3, true, Fields.request("GET", "/hang")).flush();
        assertThat(client.next(Frame.GOAWAY).error()).isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
    }

    @Test
    void trailersThatCrossOurResetAreForgiven() throws IOException {
        client.headers(1, false, Fields.request("POST", "/early", "content-length", "1000"));
        client.data(1, false, new byte[10]).flush();
        client.answer(1);
        client.next(Frame.RST_STREAM);
        client.headers(1, true, "x-sum", "1").flush();
        assertThat(client.request(3, Fields.request("GET", "/")).status()).isEqualTo("200");
    }
}
