package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.TestLimits;
import dev.portico.routetable.ClientLimits;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Extended CONNECT (RFC 8441): streams that become tunnels. */
final class WebSocketTest {
    private static final int ENABLE_CONNECT_PROTOCOL = 8;
    private static final byte[] GOING_AWAY = {(byte) 0x88, 2, 3, (byte) 0xe9};
    private final Origin origin = new Origin();

    WebSocketTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        origin.close();
    }

    @Test
    void clientsAreToldThatTheyMayAsk() throws IOException {
        try (var gateway = new Gateway(origin);
                var client = RawClient.greeting(gateway.port())) {
            var settings = ByteBuffer.wrap(client.next(Frame.SETTINGS).payload());
            int value = 0;
            while (settings.hasRemaining()) {
                int id = settings.getShort();
                int of = settings.getInt();
                value = id == ENABLE_CONNECT_PROTOCOL ? of : value;
            }
            assertThat(value).isEqualTo(1);
        }
    }

    @Test
    void aStreamIsATunnelToAnEndpointThatIsAskedByUpgrade() throws IOException {
        try (var gateway = new Gateway(origin);
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, ask("/chat", "sec-websocket-key", "none of HTTP/2"));
            client.data(1, false, "early".getBytes(StandardCharsets.US_ASCII)).flush();
            Answer answer = client.head(1);
            assertThat(answer.status()).isEqualTo("200");
            assertThat(answer.header("sec-websocket-protocol")).isEqualTo("soap");
            assertThat(answer.header("sec-websocket-accept")).isNull();
            assertThat(answer.header("upgrade")).isNull();
            assertThat(answer.header("content-length")).isNull();
            assertThat(origin.heads.getFirst().toLowerCase(Locale.ROOT))
                    .startsWith("get /chat http/1.1\n")
                    .contains("upgrade: websocket\n", "connection: upgrade\n", "sec-websocket-version: 13\n")
                    .doesNotContain("none of", ":protocol");
            assertThat(client.next(Frame.DATA).text()).isEqualTo("early");
            for (int i = 0; i < 100; i++) {
                client.data(1, false, new byte[2_000]).flush();
                client.read(1, 2_000);
            }
            client.data(1, true, new byte[0]).flush();
            assertThat(client.answer(1).reset).isEqualTo(-1);
            await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
            assertThat(gateway.reasons).isEmpty();
        }
    }

    @Test
    void aResetStreamIsAResetAtTheEndpoint() throws IOException {
        try (var gateway = new Gateway(origin);
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, ask("/chat")).flush();
            assertThat(client.head(1).status()).isEqualTo("200");
            client.number(Frame.RST_STREAM, 1, 8).flush();
            await().untilAsserted(() -> assertThat(gateway.reasons).containsExactly("client_closed"));
            await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
            assertThat(client.request(3, Fields.request("GET", "/")).status()).isEqualTo("200");
        }
    }

    @Test
    void anotherAnswerIsAResponse() throws IOException {
        try (var gateway = new Gateway(origin);
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, ask("/forbidden"));
            client.data(1, false, "GET /smuggled HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                    .flush();
            Answer answer = client.answer(1);
            assertThat(answer.status()).isEqualTo("403");
            assertThat(answer.text()).isEqualTo("no");
            client.headers(3, false, ask("/chat-of-another")).flush();
            assertThat(client.answer(3).status()).isEqualTo("502");
            assertThat(client.request(5, Fields.request("GET", "/")).status()).isEqualTo("200");
            assertThat(origin.heads).hasSize(3).noneMatch(head -> head.contains("smuggled"));
            await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
        }
    }

    /** To a client of HTTP/2 every 2xx says that its tunnel is open. */
    @Test
    void anEndpointThatAnswersAsIfToAnyOtherRequestOpensNothing() throws IOException {
        try (var gateway = new Gateway(origin);
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, ask("/")).flush();
            assertThat(client.answer(1).status()).isEqualTo("502");
            assertThat(gateway.reasons).containsExactly("upstream_malformed");
            await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
        }
    }

    @Test
    void aClientThatTakesNothingHoldsTheEndpointBack() throws IOException {
        try (var gateway = new Gateway(origin);
                var client = RawClient.greeting(gateway.port(), 4, 0)) {
            client.headers(1, false, ask("/chat")).flush();
            assertThat(client.head(1).status()).isEqualTo("200");
            client.data(1, false, new byte[16_384]).data(1, false, new byte[16_384]);
            client.headers(3, true, Fields.request("GET", "/"));
            client.number(Frame.WINDOW_UPDATE, 3, 32_768).flush();
            assertThat(client.answer(3).status()).isEqualTo("200");
            client.number(Frame.WINDOW_UPDATE, 1, 32_768).flush();
            client.read(1, 32_768);
        }
    }

    @Test
    void aClientThatTakesLittleAtATimeKeepsItsWebSocketAndOneThatTakesNothingLosesIt() throws IOException {
        var patience = Duration.ofSeconds(1);
        var rest = ClientLimits.DEFAULT.timeouts();
        var limits = TestLimits.patience(
                new ClientLimits.Timeouts(rest.header(), rest.idle(), rest.tlsHandshake(), patience),
                ClientLimits.DEFAULT.minBodyRate());
        try (var gateway = new Gateway(origin, limits);
                var client = RawClient.greeting(gateway.port(), 4, 0)) {
            client.keepWindowsShut();
            client.headers(1, false, ask("/chat")).flush();
            assertThat(client.head(1).status()).isEqualTo("200");
            for (int n = 0; n < 3; n++) {
                client.data(1, false, new byte[16_384]);
            }
            client.flush();
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < 3 * patience.toNanos()) {
                client.number(Frame.WINDOW_UPDATE, 1, 100).flush();
                client.read(1, 100);
                // A slow reader is one that lets time pass.
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
            assertThat(gateway.reasons).isEmpty();
            assertThat(client.answer(1).reset).isEqualTo((int) Http2Error.INTERNAL_ERROR.code());
            await().untilAsserted(() -> assertThat(gateway.reasons).containsExactly("client_too_slow"));
            await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
        }
    }

    @Test
    void whoLeavesClosesTheWebSocketAndThenTheConnection() throws IOException {
        try (var gateway = new Gateway(origin);
                var client = RawClient.greeting(gateway.port())) {
            client.headers(1, false, ask("/chat")).flush();
            assertThat(client.head(1).status()).isEqualTo("200");
            gateway.drain();
            gateway.leave();
            assertThat(client.next(Frame.DATA).payload()).isEqualTo(GOING_AWAY);
            client.data(1, false, new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xe9})
                    .flush();
            Frame last = client.next(Frame.DATA);
            assertThat(last.payload()).isEmpty();
            assertThat(last.has(Frame.END_STREAM)).isTrue();
            client.data(1, true, new byte[0]).flush();
            assertThat(client.ends()).isFalse();
            assertThat(client.ends()).isTrue();
            await().untilAsserted(() -> assertThat(gateway.reasons).containsExactly("shutdown"));
            await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
        }
    }

    private static String[] ask(String path, String... more) {
        var fields = new String[4 + more.length];
        System.arraycopy(new String[] {":protocol", "websocket", "sec-websocket-version", "13"}, 0, fields, 0, 4);
        System.arraycopy(more, 0, fields, 4, more.length);
        return Fields.request("CONNECT", path, fields);
    }
}
