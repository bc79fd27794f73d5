package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class AbuseTest {
    private static final int CALM = (int) Http2Error.ENHANCE_YOUR_CALM.code();
    private static final byte[] NOTHING = {};
    private final Origin origin = new Origin();
    private final Gateway gateway = new Gateway(origin);

    AbuseTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        gateway.close();
        origin.close();
    }

    @Test
    void fiveThousandResetsEndTheConnectionAndCostNobodyElse() throws IOException {
        try (var client = RawClient.greeting(gateway.port())) {
            for (int i = 0; i < 5_000; i++) {
                int stream = 2 * i + 1;
                client.headers(stream, true, Fields.request("GET", "/hang"));
                client.number(Frame.RST_STREAM, stream, (int) Http2Error.CANCEL.code());
            }
            client.flush();
            assertThat(client.next(Frame.GOAWAY).error()).isEqualTo(CALM);
        }
        await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> {
            assertThat(gateway.leases().leased()).isZero();
            assertThat(gateway.leases().waiting()).isZero();
        });
        long began = System.nanoTime();
        try (var good = RawClient.greeting(gateway.port())) {
            for (int stream = 1; stream < 11; stream += 2) {
                assertThat(good.request(stream, Fields.request("GET", "/")).status())
                        .isEqualTo("200");
            }
        }
        assertThat(System.nanoTime() - began).isLessThan(Duration.ofSeconds(1).toNanos());
    }

    /** Sends the n-th frame of a flood. */
    @FunctionalInterface
    interface Flood {
        void send(RawClient client, int n) throws IOException;
    }

    static Stream<Arguments> floods() {
        Flood settings = (client, n) -> client.send(Frame.SETTINGS, 0, 0, NOTHING);
        Flood pings = (client, n) -> client.send(Frame.PING, 0, 0, new byte[8]);
        Flood acks = (client, n) -> client.send(Frame.PING, Frame.ACK, 0, new byte[8]);
        Flood priorities = (client, n) -> client.send(Frame.PRIORITY, 0, 2 * n + 1, new byte[] {0, 0, 0, 0, 1});
        Flood windows = (client, n) -> client.number(Frame.WINDOW_UPDATE, 0, 1);
        Flood unknown = (client, n) -> client.send(0xbe, 0, 0, NOTHING);
        Flood empty = (client, n) -> {
            if (n == 0) {
                client.headers(1, false, Fields.request("POST", "/hang"));
            }
            client.data(1, false, NOTHING);
        };
        Flood continuations = (client, n) -> {
            byte[] block = Fields.block(Fields.request("GET", "/"));
            client.send(n == 0 ? Frame.HEADERS : Frame.CONTINUATION, 0, 1, n == 0 ? block : NOTHING);
        };
        Flood madeResets = (client, n) -> {
            client.headers(2 * n + 1, false, Fields.request("POST", "/hang"));
            client.number(Frame.WINDOW_UPDATE, 2 * n + 1, 0);
        };
        Flood malformed = (client, n) -> client.headers(2 * n + 1, true, ":method", "GET");
        return Stream.of(
                Arguments.of("SETTINGS", settings, 1_000),
                Arguments.of("PING", pings, 1_000),
                Arguments.of("PING acknowledgements", acks, 1_000),
                Arguments.of("PRIORITY", priorities, 100),
                Arguments.of("WINDOW_UPDATE", windows, 1_000),
                Arguments.of("unknown frames", unknown, 1_000),
                Arguments.of("empty DATA", empty, 10),
                Arguments.of("CONTINUATION", continuations, 16),
                Arguments.of("resets that we are made to send", madeResets, 200),
                Arguments.of("malformed heads", malformed, 200));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void aFloodEndsTheConnection(String name, Flood flood, int harmless) throws IOException {
        try (var client = RawClient.greeting(gateway.port())) {
            for (int n = 0; n < harmless + 300; n++) {
                flood.send(client, n);
            }
            client.flush();
            assertThat(client.next(Frame.GOAWAY).error()).as(name).isEqualTo(CALM);
            assertThat(client.ends()).isTrue();
        }
        await().untilAsserted(() -> assertThat(gateway.leases().leased()).isZero());
        try (var good = RawClient.greeting(gateway.port())) {
            assertThat(good.request(1, Fields.request("GET", "/")).status()).isEqualTo("200");
        }
    }

    @Test
    void asManyControlFramesAsAreAllowedDoNoHarm() throws IOException {
        try (var client = RawClient.greeting(gateway.port())) {
            for (int n = 0; n < 900; n++) {
                client.send(Frame.PING, 0, 0, new byte[8]);
                client.number(Frame.WINDOW_UPDATE, 0, 1);
            }
            assertThat(client.request(1, Fields.request("GET", "/")).status()).isEqualTo("200");
        }
    }

    @Test
    void streamsBeyondAHundredAreRefusedAlsoFromAClientThatIgnoresOurSettings() throws IOException {
        try (var client = RawClient.greeting(gateway.port())) {
            for (int n = 0; n < 101; n++) {
                client.headers(2 * n + 1, true, Fields.request("GET", "/hang"));
            }
            client.flush();
            Frame frame = client.next(Frame.RST_STREAM);
            assertThat(frame.stream()).isEqualTo(201);
            assertThat(frame.error()).isEqualTo((int) Http2Error.REFUSED_STREAM.code());
        }
    }

    @Test
    void moreThanAHundredFieldsAreRefusedAndCrumbsOfCookiesCount() throws IOException {
        try (var client = RawClient.greeting(gateway.port())) {
            String[] most = new String[200];
            for (int i = 0; i < 200; i += 2) {
                most[i] = "cookie";
                most[i + 1] = "a=" + i;
            }
            assertThat(client.request(1, Fields.request("GET", "/", most)).status())
                    .isEqualTo("200");
            String[] tooMany = Arrays.copyOf(most, 202);
            tooMany[200] = "cookie";
            tooMany[201] = "one=more";
            assertThat(client.request(3, Fields.request("GET", "/", tooMany)).status())
                    .isEqualTo("431");
        }
    }

    @Test
    void aHeadBeyondThirtyTwoKibibytesIsRefused() throws IOException {
        try (var client = RawClient.greeting(gateway.port())) {
            byte[] block = Fields.block(Fields.request("GET", "/", "x", "y".repeat(34_000)));
            client.send(Frame.HEADERS, Frame.END_STREAM, 1, Arrays.copyOf(block, 16_384));
            client.send(Frame.CONTINUATION, 0, 1, Arrays.copyOfRange(block, 16_384, 32_768));
            client.send(Frame.CONTINUATION, Frame.END_HEADERS, 1, Arrays.copyOfRange(block, 32_768, block.length));
            client.flush();
            assertThat(client.answer(1).status()).isEqualTo("431");
            assertThat(client.request(3, Fields.request("GET", "/")).status()).isEqualTo("200");
        }
        assertThat(origin.heads).hasSize(1);
        assertThat(gateway.reasons).containsExactly("headers_too_large");
    }

    @Test
    void aClientThatAllowsALargeTableDoesNotMakeOursGrow() throws IOException {
        try (var client = RawClient.greeting(gateway.port(), 1, Integer.MAX_VALUE)) {
            client.headers(1, true, Fields.request("GET", "/")).flush();
            int first = client.next(Frame.HEADERS).payload()[0];
            assertThat(first & 0xe0)
                    .as("no change of the table's size (RFC 7541 §6.3)")
                    .isNotEqualTo(0x20);
        }
    }

    @Test
    void aTableThatIsRepeatedAThousandTimesIsRefusedByItsDecodedSize() throws IOException {
        try (var client = RawClient.greeting(gateway.port())) {
            var block = ByteBuffer.allocate(16_000);
            block.put(Fields.block(Fields.request("GET", "/")));
            // One field of 4,000 bytes into the table, then that entry again and again (HPACK bomb).
            block.put((byte) 0x40)
                    .put((byte) 1)
                    .put((byte) 'x')
                    .put((byte) 127)
                    .put((byte) 0xa1)
                    .put((byte) 0x1e);
            block.put("y".repeat(4_000).getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 1_000; i++) {
                block.put((byte) 0xbe);
            }
            byte[] bytes = Arrays.copyOf(block.array(), block.position());
            client.send(Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, 1, bytes)
                    .flush();
            assertThat(client.answer(1).status()).isEqualTo("431");
        }
    }
}
