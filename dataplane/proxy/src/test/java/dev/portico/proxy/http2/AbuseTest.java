package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.JvmOptions;
import dev.portico.proxy.MemoryWatch;
import dev.portico.proxy.ProxyProcess;
import dev.portico.proxy.TestLimits;
import dev.portico.routetable.ClientLimits;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ways to cost a server more than they cost a client, against a process: each is cut off and counted, and behind it all is
 * as it was.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class AbuseTest {
    private static final int CALM = (int) Http2Error.ENHANCE_YOUR_CALM.code();
    private static final int CANCEL = (int) Http2Error.CANCEL.code();
    private static final int ATTACKERS = 4;
    /** Allowed by default, as are the streams. */
    private static final int RESETS = 200;

    private static final int STREAMS = 100;
    private static final int WAVE = 50;
    private static final byte[] NOTHING = {};

    private static final String FLOODS = "portico_connection_limits_total{listener=\"http2\",limit=\"http2_frames\"}";
    private static final String STALLS = "portico_own_answers_total{reason=\"client_too_slow\"}";
    private static final String LARGE_HEADS = "portico_own_answers_total{reason=\"headers_too_large\"}";

    /**
     * Beside the options that it is deployed with: a quarter of the gigabyte that a pod has, all of it from the start; and no
     * optimising compiler, which takes memory and gives it back when it likes. Neither is an attacker's doing.
     */
    private static final List<String> CALMER = List.of("-Xms256m", "-Xmx256m", "-XX:TieredStopAtLevel=1");

    private static final int CONNECTIONS = 100;
    private static final int REQUESTS = 50;
    private static final int MOST_ROUNDS = 20;
    private static final long AT_REST = 1L << 20;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final long MOST_MEMORY = 20L << 20;

    private final Origin origin = new Origin();
    private ProxyProcess proxy;
    private MemoryWatch memory;

    AbuseTest() throws IOException {}

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        ClientLimits.Timeouts usual = ClientLimits.DEFAULT.timeouts();
        var limits = TestLimits.patience(
                new ClientLimits.Timeouts(usual.header(), usual.idle(), usual.tlsHandshake(), Duration.ofSeconds(2)),
                ClientLimits.DEFAULT.minBodyRate());
        List<String> jvm =
                Stream.of(JvmOptions.all(), CALMER).flatMap(List::stream).toList();
        proxy = new ProxyProcess(directory, "true", jvm, TestLimits.traffic(limits), origin.port());
        warmUp();
        memory = MemoryWatch.of(proxy);
    }

    /** Until code is compiled, and the same requests once more need no memory that was not there before. */
    private void warmUp() throws IOException {
        long grown = Long.MAX_VALUE;
        for (int round = 0; grown > AT_REST; round++) {
            assertThat(round).as("rounds of requests that each need memory").isLessThan(MOST_ROUNDS);
            long before = proxy.residentBytes();
            for (int n = 0; n < CONNECTIONS; n++) {
                ask(REQUESTS, "/");
            }
            ask(1, "/large");
            origin.heads.clear();
            grown = proxy.residentBytes() - before;
        }
    }

    @AfterAll
    void stop() throws IOException {
        assertThat(memory.left()).as("what all of them left together").isLessThanOrEqualTo(2 * MOST_MEMORY);
        proxy.close();
        origin.close();
        memory.close();
    }

    /** What one attacker does, or hears. */
    @FunctionalInterface
    interface Part {
        void of(RawClient attacker) throws IOException;
    }

    /** Sends the n-th frame of a flood. */
    @FunctionalInterface
    interface Flood {
        void send(RawClient client, int n) throws IOException;
    }

    /**
     * One of the ways.
     *
     * @param counter of what stops it
     * @param times that this happens to each attacker
     * @param attack what an attacker sends
     * @param end what it hears when it is stopped
     */
    record Abuse(String name, String counter, int times, Part attack, Part end) {
        static Abuse flood(String name, int harmless, Flood flood) {
            return new Abuse(
                    name, FLOODS, 1, attacker -> sendUntilCutOff(attacker, harmless + 300, flood), AbuseTest::cutOff);
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

        /**
         * By a stream error of the client's, which we answer with a reset (CVE-2025-8671). In waves that stay below the limit
         * of streams: beyond it they are refused before anybody errs.
         */
        static Abuse madeYouReset(String by, boolean ended, Flood error) {
            return new Abuse(
                    "MadeYouReset by " + by,
                    FLOODS,
                    1,
                    attacker -> {
                        for (int resets = 0; resets < RESETS; resets += WAVE) {
                            wave(attacker, resets, ended, error);
                            for (int n = 0; n < WAVE; n++) {
                                attacker.next(Frame.RST_STREAM);
                            }
                        }
                        wave(attacker, RESETS, ended, error);
                    },
                    AbuseTest::cutOff);
        }

        private static void wave(RawClient client, int from, boolean ended, Flood error) throws IOException {
            for (int n = from; n < from + WAVE; n++) {
                int stream = 2 * n + 1;
                client.headers(
                        stream,
                        ended,
                        ended
                                ? Fields.request("GET", "/hang")
                                : Fields.request("POST", "/hang", "content-length", "1"));
                error.send(client, stream);
            }
            client.flush();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static void cutOff(RawClient attacker) throws IOException {
        assertThat(attacker.next(Frame.GOAWAY).error()).isEqualTo(CALM);
        assertThat(attacker.ends()).isTrue();
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
                new Abuse("window stall", STALLS, STREAMS, AbuseTest::stallWindows, AbuseTest::cancelled),
                Abuse.flood("HPACK growth", 200, (client, n) -> {
                    client.send(Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, 2 * n + 1, bomb());
                }),
                new Abuse("header count", LARGE_HEADS, STREAMS, AbuseTest::sendLargeHeads, AbuseTest::goesOn),
                new Abuse("streams beyond the limit", FLOODS, 1, AbuseTest::openStreams, AbuseTest::refusedAndCutOff),
                new Abuse("slow read", STALLS, 10, AbuseTest::readNothing, AbuseTest::ends));
    }

    /** Asks for many large answers and lets none of them begin. */
    private static void stallWindows(RawClient attacker) throws IOException {
        attacker.send(Frame.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0});
        for (int n = 0; n < STREAMS; n++) {
            attacker.headers(2 * n + 1, true, Fields.request("GET", "/large"));
        }
        attacker.flush();
    }

    private static void cancelled(RawClient attacker) throws IOException {
        for (int n = 0; n < STREAMS; n++) {
            assertThat(attacker.next(Frame.RST_STREAM).error()).isEqualTo(CANCEL);
        }
    }

    /** Asks for large answers with windows wide open, and takes nothing from the socket. */
    private static void readNothing(RawClient attacker) throws IOException {
        attacker.send(Frame.SETTINGS, 0, 0, new byte[] {0, 4, 0x7f, -1, -1, -1});
        attacker.number(Frame.WINDOW_UPDATE, 0, Integer.MAX_VALUE - 65_535);
        for (int n = 0; n < 10; n++) {
            attacker.headers(2 * n + 1, true, Fields.request("GET", "/large"));
        }
        attacker.flush();
    }

    private static void ends(RawClient attacker) throws IOException {
        assertThat(attacker.ends()).isTrue();
    }

    private static void sendLargeHeads(RawClient attacker) throws IOException {
        String[] crumbs = new String[202];
        for (int i = 0; i < crumbs.length; i += 2) {
            crumbs[i] = "cookie";
            crumbs[i + 1] = "a=" + i;
        }
        for (int n = 0; n < STREAMS; n++) {
            Answer answer = attacker.request(2 * n + 1, Fields.request("GET", "/", crumbs));
            assertThat(answer.status()).isEqualTo("431");
        }
    }

    /** Each of its requests was refused: it costs no more than any other client that is told no. */
    private static void goesOn(RawClient attacker) throws IOException {
        assertThat(attacker.request(2 * STREAMS + 1, Fields.request("GET", "/")).status())
                .isEqualTo("200");
    }

    /** From a client that ignores our SETTINGS. */
    private static void openStreams(RawClient attacker) throws IOException {
        for (int n = 0; n < 10 * STREAMS; n++) {
            attacker.headers(2 * n + 1, true, Fields.request("GET", "/hang"));
        }
        attacker.flush();
    }

    private static void refusedAndCutOff(RawClient attacker) throws IOException {
        Frame refused = attacker.next(Frame.RST_STREAM);
        assertThat(refused.stream()).isEqualTo(2 * STREAMS + 1);
        assertThat(refused.error()).isEqualTo((int) Http2Error.REFUSED_STREAM.code());
        cutOff(attacker);
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
        long before = count(abuse.counter());
        var attackers = new ArrayList<RawClient>();
        try {
            for (int n = 0; n < ATTACKERS; n++) {
                RawClient attacker = RawClient.greeting(proxy.http2Port());
                attackers.add(attacker);
                abuse.attack().of(attacker);
            }
            await().pollInterval(Duration.ofMillis(20))
                    .until(() -> count(abuse.counter()) - before, more -> more == (long) ATTACKERS * abuse.times());
            long over = System.nanoTime();
            ask(5, "/");
            assertThat(Duration.ofNanos(System.nanoTime() - over)).isLessThan(SOON);
            for (RawClient attacker : attackers) {
                abuse.end().of(attacker);
            }
            await().untilAsserted(() -> assertThat(proxy.admin("/metrics").body())
                    .contains("portico_upstream_leases 0\n", "portico_upstream_waiting 0\n"));
            assertThat(memory.growth()).isLessThan(MOST_MEMORY);
        } finally {
            for (RawClient attacker : attackers) {
                attacker.close();
            }
        }
    }

    /** What a counter of the process says; 0 where it has not counted yet. */
    private long count(String counter) {
        return proxy.admin("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(counter + " "))
                .mapToLong(line -> Long.parseLong(line.substring(counter.length() + 1)))
                .sum();
    }

    /** Requests of somebody else, one after the other, on a connection of their own. */
    private void ask(int times, String path) throws IOException {
        try (var good = RawClient.greeting(proxy.http2Port())) {
            for (int n = 0; n < times; n++) {
                assertThat(good.request(2 * n + 1, Fields.request("GET", path)).status())
                        .isEqualTo("200");
            }
        }
    }
}
