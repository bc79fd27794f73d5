package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestsTest {
    private Origin origin;
    private Gateway gateway;
    private RawClient client;

    RequestsTest() throws IOException {
        origin = new Origin();
        gateway = new Gateway(origin);
        client = RawClient.greeting(gateway.port());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        gateway.close();
        origin.close();
    }

    @Test
    void eventsArriveOneByOne() throws IOException {
        client.headers(1, true, Fields.request("GET", "/events")).flush();
        assertThat(client.head(1).status()).isEqualTo("200");
        for (int i = 0; i < 3; i++) {
            origin.events.release();
            assertThat(client.next(Frame.DATA).text()).isEqualTo("data: " + i + "\n\n");
        }
        origin.events.release();
        assertThat(client.answer(1).reset).isEqualTo(-1);
    }

    @Test
    void aRequestReachesTheEndpointAndItsAnswerTheClient() throws IOException {
        Answer answer = client.request(1, Fields.request("GET", "/a?b=c", "x-one", "1"));
        assertThat(answer.status()).isEqualTo("200");
        assertThat(answer.text()).startsWith("GET /a?b=c HTTP/1.1\n").endsWith("body 0");
        assertThat(origin.heads.getFirst().toLowerCase(Locale.ROOT))
                .contains("host: a.example.org\n", "x-one: 1\n")
                .doesNotContain("transfer-encoding", "content-length", ":authority");
    }

    @Test
    void crumbsOfACookieAreOneLineForTheEndpoint() throws IOException {
        client.request(1, Fields.request("GET", "/", "cookie", "a=1", "x", "y", "cookie", "b=2"));
        assertThat(origin.heads.getFirst().toLowerCase(Locale.ROOT)).contains("cookie: a=1; b=2\n");
    }

    @Test
    void aBodyOfAnnouncedLengthKeepsItsLength() throws IOException {
        client.headers(1, false, Fields.request("POST", "/", "content-length", "5"));
        client.data(1, false, new byte[2]).data(1, true, new byte[3]).flush();
        assertThat(client.answer(1).text()).endsWith("body 5");
        assertThat(origin.heads.getFirst().toLowerCase(Locale.ROOT))
                .contains("content-length: 5")
                .doesNotContain("transfer-encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void whatMayHaveABodyAndHasNoneSaysSo(String method) throws IOException {
        client.request(1, Fields.request(method, "/"));
        client.request(3, Fields.request(method, "/", "content-length", "0"));
        assertThat(origin.heads)
                .hasSize(2)
                .allSatisfy(head -> assertThat(head.toLowerCase(Locale.ROOT))
                        .containsOnlyOnce("content-length: 0\n")
                        .doesNotContain("transfer-encoding"));
    }

    @Test
    void aBodyOfUnknownLengthAndItsTrailersGoOn() throws IOException {
        client.headers(1, false, Fields.request("POST", "/", "te", "trailers"));
        client.data(1, false, new byte[7]).headers(1, true, "x-sum", "7").flush();
        assertThat(client.answer(1).text()).endsWith("body 7");
        assertThat(origin.trailers).containsExactly("x-sum: 7");
    }

    @Test
    void trailersOfAResponseReachTheClient() throws IOException {
        Answer answer = client.request(1, Fields.request("GET", "/trailers"));
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.trailer("x-sum")).isEqualTo("42");
        assertThat(answer.header("transfer-encoding")).isNull();
    }

    @Test
    void anInterimResponseComesBeforeTheFinalOne() throws IOException {
        Answer answer = client.request(1, Fields.request("GET", "/hints"));
        assertThat(answer.informational).containsExactly("103");
        assertThat(answer.text()).isEqualTo("hinted");
    }

    @Test
    void theAnswerToHeadHasALengthAndNoBody() throws IOException {
        Answer answer = client.request(1, Fields.request("HEAD", "/head"));
        assertThat(answer.header("content-length")).isEqualTo("7");
        assertThat(answer.body.size()).isZero();
        assertThat(answer.endSeen).isTrue();
    }

    @Test
    void anEarlyAnswerStopsTheRestOfTheBodyWithoutError() throws IOException {
        client.headers(1, false, Fields.request("POST", "/early", "content-length", "1000"));
        client.data(1, false, new byte[10]).flush();
        assertThat(client.answer(1).text()).isEqualTo("early");
        assertThat(client.next(Frame.RST_STREAM).error()).isEqualTo((int) Http2Error.NO_ERROR.code());
        assertThat(client.request(3, Fields.request("GET", "/")).status()).isEqualTo("200");
        await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
    }

    @Test
    void aResponseThatTheEndpointCutsIsResetAndNotEnded() throws IOException {
        Answer answer = client.request(1, Fields.request("GET", "/cut"));
        assertThat(answer.endSeen).isFalse();
        assertThat(answer.reset).isEqualTo((int) Http2Error.INTERNAL_ERROR.code());
    }

    @Test
    void manyStreamsRunAtOnce() throws IOException {
        for (int stream = 1; stream < 120; stream += 2) {
            client.headers(stream, true, Fields.request("GET", "/" + stream));
        }
        client.flush();
        int answered = 0;
        while (answered < 60) {
            Frame frame = client.next();
            answered += frame.type() == Frame.DATA && frame.has(Frame.END_STREAM) ? 1 : 0;
        }
        assertThat(origin.heads).hasSize(60);
    }

    @Test
    void aClientThatGoesAwayLeavesNoLeaseBehind() throws IOException {
        for (int stream = 1; stream < 40; stream += 2) {
            client.headers(stream, true, Fields.request("GET", "/hang"));
        }
        client.flush();
        await().untilAsserted(() -> assertThat(gateway.leases().leased()).isEqualTo(20));
        client.close();
        await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
        await().untilAsserted(() -> assertThat(gateway.reasons).hasSize(20).containsOnly("client_closed"));
    }

    @BeforeEach
    void nothingIsLeased() {
        assertThat(gateway.leases().leased()).isZero();
    }
}
