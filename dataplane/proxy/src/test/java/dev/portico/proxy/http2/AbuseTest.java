package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.routetable.ClientLimits;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways to cost a server more than they cost a client. After each of them all is as it was. */
final class AbuseTest {
    private static final int CALM = (int) Http2Error.ENHANCE_YOUR_CALM.code();
    private static final int CANCEL = (int) Http2Error.CANCEL.code();
    private static final int ATTACKERS = 4;
    private static final byte[] NOTHING = {};
    private final Origin origin = new Origin();
    private final Gateway gateway = new Gateway(origin, limits(), Gateway::speakHttp2);

    AbuseTest() throws IOException {}

    private static Http2Limits limits() {
        Http2Limits usual = Http2Limits.of(ClientLimits.DEFAULT);
        return new Http2Limits(
                usual.firstFrame(),
                usual.partialFrame(),
                Duration.ofMillis(500),
                usual.idle(),
                usual.lastStreams(),
                usual.bodyGrace(),
                usual.bodyRate(),
                usual.allowance(),
                usual.requests());
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
        origin.close();
    }

    /** One of the ways; asserts how it is stopped. */
    @FunctionalInterface
    interface Attack {
        void against(RawClient client, Gateway gateway) throws IOException;
    }

    /** Sends the n-th frame of a flood. */
    @FunctionalInterface
    interface Flood {
        void send(RawClient client, int n) throws IOException;
    }

    record Abuse(String name, Attack attack) {
        static Abuse flood(String name, int harmless, Flood flood) {
            return new Abuse(name, (client, _) -> {
                var sending = Thread.ofVirtual().start(() -> sendUntilCutOff(client, harmless + 300, flood));
                assertThat(client.next(Frame.GOAWAY).error()).isEqualTo(CALM);
                assertThat(client.ends()).isTrue();
                await().until(() -> !sending.isAlive());
            });
        }

        private static void sendUntilCutOff(RawClient client, int frames, Flood flood) {
            try {
                for (int n = 0; n < frames; n++) {
                    flood.send(client, n);
                }
                client.flush();
            } catch (IOException e) {
                // Cut off in the middle of it, as is right.
            }
        }

        /** By a stream error of the client's, which we answer with a reset (CVE-2025-8671). */
        static Abuse madeYouReset(String by, boolean ended, Flood error) {
            return flood("MadeYouReset by " + by, 200, (client, n) -> {
                int stream = 2 * n + 1;
                client.headers(
                        stream,
                        ended,
                        ended
                                ? Fields.request("GET", "/hang")
                                : Fields.request("POST", "/hang", "content-length", "1"));
                error.send(client, stream);
            });
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Abuse> abuses() {
        return Stream.of(
                Abuse.flood("rapid reset", 4_700, (client, n) -> {
                    client.headers(2 * n + 1, true, Fields.request("GET", "/hang"));
                    client.number(Frame.RST_STREAM, 2 * n + 1, CANCEL);
                }),
                Abuse.madeYouReset("a window of 0 more", false, (client, stream) -> {
                    client.number(Frame.WINDOW_UPDATE, stream, 0);
                }),
                Abuse.madeYouReset("a window too large", false, (client, stream) -> {
                    client.number(Frame.WINDOW_UPDATE, stream, Integer.MAX_VALUE);
                }),
                Abuse.madeYouReset("a stream that depends on itself", false, (client, stream) -> {
                    byte[] itself =
                            ByteBuffer.allocate(5).putInt(stream).put((byte) 1).array();
                    client.send(Frame.PRIORITY, 0, stream, itself);
                }),
                Abuse.madeYouReset("a body too long", false, (client, stream) -> {
                    client.data(stream, true, new byte[2]);
                }),
                Abuse.madeYouReset("a head after the end", true, (client, stream) -> {
                    client.headers(stream, true, Fields.request("GET", "/"));
                }),
                Abuse.flood("MadeYouReset by a head without path", 200, (client, n) -> {
                    client.headers(2 * n + 1, true, ":method", "GET");
                }),
                Abuse.flood("CONTINUATION", 16, (client, n) -> {
                    byte[] block = Fields.block(Fields.request("GET", "/"));
                    client.send(n == 0 ? Frame.HEADERS : Frame.CONTINUATION, 0, 1, n == 0 ? block : NOTHING);
                }),
                Abuse.flood("SETTINGS", 1_000, (client, n) -> client.send(Frame.SETTINGS, 0, 0, NOTHING)),
                Abuse.flood("PING", 1_000, (client, n) -> client.send(Frame.PING, 0, 0, new byte[8])),
                Abuse.flood("PING acknowledgements", 1_000, (client, n) -> {
                    client.send(Frame.PING, Frame.ACK, 0, new byte[8]);
                }),
                Abuse.flood("PRIORITY", 100, (client, n) -> {
                    client.send(Frame.PRIORITY, 0, 2 * n + 1, new byte[] {0, 0, 0, 0, 1});
                }),
                Abuse.flood("WINDOW_UPDATE", 1_000, (client, n) -> client.number(Frame.WINDOW_UPDATE, 0, 1)),
                Abuse.flood("unknown frames", 1_000, (client, n) -> client.send(0xbe, 0, 0, NOTHING)),
                Abuse.flood("empty DATA", 10, (client, n) -> {
                    if (n == 0) {
                        client.headers(1, false, Fields.request("POST", "/hang"));
                    }
                    client.data(1, false, NOTHING);
                }),
                new Abuse("window stall", AbuseTest::windowStall),
                Abuse.flood("HPACK growth", 200, (client, n) -> {
                    client.send(Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, 2 * n + 1, bomb());
                }),
                new Abuse("header count", AbuseTest::headerCount),
                new Abuse("streams beyond the limit", AbuseTest::streamsBeyondTheLimit),
                new Abuse("slow read", AbuseTest::slowRead));
    }

    /** Asks for a hundred large answers and lets none of them begin. */
    private static void windowStall(RawClient client, Gateway gateway) throws IOException {
        client.send(Frame.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0});
        for (int n = 0; n < 100; n++) {
            client.headers(2 * n + 1, true, Fields.request("GET", "/large"));
        }
        client.flush();
        for (int n = 0; n < 100; n++) {
            assertThat(client.next(Frame.RST_STREAM).error()).isEqualTo(CANCEL);
        }
    }

    /** Asks for large answers with windows wide open, and takes nothing from the socket. */
    private static void slowRead(RawClient client, Gateway gateway) throws IOException {
        client.send(Frame.SETTINGS, 0, 0, new byte[] {0, 4, 0x7f, -1, -1, -1});
        client.number(Frame.WINDOW_UPDATE, 0, Integer.MAX_VALUE - 65_535);
        for (int n = 0; n < 10; n++) {
            client.headers(2 * n + 1, true, Fields.request("GET", "/large"));
        }
        int before = gateway.reasons.size();
        client.flush();
        await().until(() -> gateway.reasons.size() == before + 10);
        assertThat(gateway.reasons.subList(before, before + 10)).containsOnly("client_too_slow");
        assertThat(client.ends()).isTrue();
    }

    private static void headerCount(RawClient client, Gateway gateway) throws IOException {
        String[] crumbs = new String[202];
        for (int i = 0; i < crumbs.length; i += 2) {
            crumbs[i] = "cookie";
            crumbs[i + 1] = "a=" + i;
        }
        for (int n = 0; n < 100; n++) {
            Answer answer = client.request(2 * n + 1, Fields.request("GET", "/", crumbs));
            assertThat(answer.status()).isEqualTo("431");
        }
    }

    /** From a client that ignores our SETTINGS. */
    private static void streamsBeyondTheLimit(RawClient client, Gateway gateway) throws IOException {
        for (int n = 0; n < 1_000; n++) {
            client.headers(2 * n + 1, true, Fields.request("GET", "/hang"));
        }
        client.flush();
        Frame refused = client.next(Frame.RST_STREAM);
        assertThat(refused.stream()).isEqualTo(201);
        assertThat(refused.error()).isEqualTo((int) Http2Error.REFUSED_STREAM.code());
        assertThat(client.next(Frame.GOAWAY).error()).isEqualTo(CALM);
        assertThat(client.ends()).isTrue();
    }

    /** One field of 4,000 bytes into the table, then that entry again and again. */
    private static byte[] bomb() {
        var block = ByteBuffer.allocate(16_000);
        block.put(Fields.block(Fields.request("GET", "/")));
        block.put(new byte[] {0x40, 1, 'x', 127, (byte) 0xa1, 0x1e});
        block.put("y".repeat(4_000).getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 1_000; i++) {
            block.put((byte) 0xbe);
        }
        return Arrays.copyOf(block.array(), block.position());
    }

    @ParameterizedTest
    @MethodSource("abuses")
    void anAbuseIsCutOffAndCostsNobodyElse(Abuse abuse) throws IOException {
        askWell();
        long before = memory();
        var attackers = new ArrayList<RawClient>();
        try {
            for (int n = 0; n < ATTACKERS; n++) {
                RawClient attacker = RawClient.greeting(gateway.port());
                attackers.add(attacker);
                abuse.attack().against(attacker, gateway);
            }
            askWell();
            await().untilAsserted(() -> {
                assertThat(gateway.leases().leased()).isZero();
                assertThat(gateway.leases().waiting()).isZero();
            });
            assertThat(memory() - before).isLessThan(20 * 1024 * 1024);
        } finally {
            for (RawClient attacker : attackers) {
                attacker.close();
            }
        }
    }

    /** Five requests of somebody else, within a few seconds on a machine that does other things too. */
    private void askWell() throws IOException {
        long began = System.nanoTime();
        try (var good = RawClient.greeting(gateway.port())) {
            for (int stream = 1; stream < 11; stream += 2) {
                assertThat(good.request(stream, Fields.request("GET", "/")).status())
                        .isEqualTo("200");
            }
        }
        assertThat(System.nanoTime() - began).isLessThan(Duration.ofSeconds(3).toNanos());
    }

    /** What the heap holds on to, and what the allocator of buffers took beside it. */
    private static long memory() {
        System.gc();
        var direct = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct.usedDirectMemory();
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
}
