package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.TestLimits;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client sends of a stream before it hears that it was refused or reset (RFC 9113 §5.1). */
final class RefusedStreamTest {
    private static final int REFUSED = (int) Http2Error.REFUSED_STREAM.code();
    private static final int CANCEL = (int) Http2Error.CANCEL.code();
    private static final byte[] PART = new byte[16 * 1024];
    private final Origin origin = new Origin();

    RefusedStreamTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        origin.close();
    }

    @Test
    void allThatMayFollowARefusedHeadLeavesTheOtherStreamsAlone() throws IOException {
        try (var gateway = oneStream(10);
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, Fields.request("POST", "/")).flush();
            await().until(() -> origin.heads.size() == 1);
            client.headers(3, false, Fields.request("POST", "/refused"));
            client.data(3, false, PART).data(3, false, PART);
            client.headers(3, true, "x-sum", "1");
            client.number(Frame.WINDOW_UPDATE, 3, 100).number(Frame.RST_STREAM, 3, CANCEL);
            client.flush();
            isRefused(client.next(Frame.RST_STREAM), 3);
            client.data(1, true, new byte[3]).flush();
            assertThat(client.answer(1).text()).endsWith("body 3");
            assertThat(client.request(5, Fields.request("GET", "/")).status()).isEqualTo("200");
            assertThat(gateway.reasons).containsExactly("too_many_streams");
            assertThat(origin.heads).hasSize(2).noneMatch(head -> head.contains("refused"));
        }
    }

    @Test
    void aHeadTooLargeToKeepIsOneStreamTooManyToo() throws IOException {
        try (var gateway = oneStream(10);
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, Fields.request("POST", "/"));
            client.headers(3, true, Fields.request("GET", "/", "x", "y".repeat(34_000)))
                    .flush();
            isRefused(client.next(Frame.RST_STREAM), 3);
            client.data(1, true, new byte[3]).flush();
            assertThat(client.answer(1).text()).endsWith("body 3");
            assertThat(gateway.reasons).containsExactly("too_many_streams");
        }
    }

    @Test
    void aRefusedBodyMayComeAfterTheRefusalToo() throws IOException {
        try (var gateway = oneStream(10);
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, Fields.request("POST", "/"));
            client.headers(3, false, Fields.request("POST", "/")).flush();
            assertThat(client.next(Frame.RST_STREAM).error()).isEqualTo(REFUSED);
            client.data(3, true, PART).flush();
            client.data(1, true, new byte[3]).flush();
            Answer answer = client.answer(1);
            assertThat(answer.reset).isEqualTo(-1);
            assertThat(answer.text()).endsWith("body 3");
        }
    }

    @Test
    void bodiesOfRefusedStreamsTakeNothingOfTheWindowOfAll() throws IOException {
        try (var gateway = oneStream(100);
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, Fields.request("POST", "/"));
            for (int n = 1; n <= 50; n++) {
                client.headers(2 * n + 1, false, Fields.request("POST", "/"));
                client.data(2 * n + 1, false, PART).data(2 * n + 1, true, PART).flush();
            }
            client.data(1, true, PART).flush();
            assertThat(client.answer(1).text()).endsWith("body " + PART.length);
            assertThat(gateway.reasons).hasSize(50).containsOnly("too_many_streams");
        }
    }

    @Test
    void moreThanAWindowOfARefusedBodyWasNotUnderWay() throws IOException {
        try (var gateway = oneStream(10);
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, Fields.request("POST", "/"));
            client.headers(3, false, Fields.request("POST", "/"));
            for (int n = 0; n < 20; n++) {
                client.data(3, false, PART);
            }
            client.flush();
            assertThat(client.next(Frame.GOAWAY).error()).isEqualTo((int) Http2Error.ENHANCE_YOUR_CALM.code());
            assertThat(client.ends()).isTrue();
        }
    }

    @Test
    void manyEarlyAnswersToBodiesUnderWayAreNoFlood() throws IOException {
        try (var gateway = new Gateway(origin, TestLimits.http2(100, 10, Duration.ofSeconds(30)));
                var client = RawClient.greeting(gateway.port())) {
            for (int n = 0; n < 30; n++) {
                int stream = 2 * n + 1;
                client.headers(stream, false, Fields.request("POST", "/early", "content-length", "1000000"))
                        .flush();
                assertThat(client.next(Frame.RST_STREAM).error()).isEqualTo((int) Http2Error.NO_ERROR.code());
                client.data(stream, false, PART).data(stream, false, PART).flush();
            }
            assertThat(client.request(61, Fields.request("GET", "/")).status()).isEqualTo("200");
        }
    }

    @Test
    void aMalformedHeadDoesNotMakeItsBodyAMistakeOfTheConnection() throws IOException {
        try (var gateway = new Gateway(origin);
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, Fields.request("POST", "/", "X-Upper", "case"))
                    .data(1, true, PART)
                    .flush();
            assertThat(client.next(Frame.RST_STREAM).error()).isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
            assertThat(client.request(3, Fields.request("GET", "/")).status()).isEqualTo("200");
        }
    }

    @Test
    void aRequestThatCrossesTheAnnouncedEndMayBeCancelled() throws IOException {
        try (var gateway = new Gateway(origin);
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, Fields.request("POST", "/")).flush();
            await().until(() -> origin.heads.size() == 1);
            gateway.drain();
            assertThat(client.next(Frame.GOAWAY).lastStream()).isEqualTo(Integer.MAX_VALUE);
            assertThat(client.next(Frame.GOAWAY).lastStream()).isEqualTo(1);
            client.headers(3, false, Fields.request("POST", "/"));
            client.number(Frame.WINDOW_UPDATE, 3, 100).number(Frame.RST_STREAM, 3, CANCEL);
            client.data(1, true, new byte[3]).flush();
            isRefused(client.next(Frame.RST_STREAM), 3);
            assertThat(client.answer(1).text()).endsWith("body 3");
        }
    }

    private static void isRefused(Frame reset, int stream) {
        assertThat(reset.stream()).isEqualTo(stream);
        assertThat(reset.error()).isEqualTo(REFUSED);
    }

    private Gateway oneStream(int resets) {
        return new Gateway(origin, TestLimits.http2(1, resets, Duration.ofSeconds(30)));
    }
}
