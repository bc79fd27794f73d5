package dev.portico.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.TestLimits;
import dev.portico.routetable.ClientLimits;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.Timeouts;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that become tunnels, and those that ask for it in vain. */
@Timeout(60)
class WebSocketTest {
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    static final String ASK = "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + KEY
            + "Sec-WebSocket-Version: 13\r\n\r\n";
    static final String SWITCH = String.join(
            "\r\n",
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "",
            "");
    private static final byte[] GOING_AWAY = {(byte) 0x88, 2, 3, (byte) 0xe9};
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration LATE = Duration.ofSeconds(10);

    @Test
    void whatFollowsAnAgreementGoesBothWaysAsItIs() throws IOException {
        try (Origin origin = tunnel((in, out) -> in.transferTo(out));
                Front front = new Front(origin);
                RawClient client = front.client()) {
            assertThat(client.send(ASK).until("\r\n\r\n"))
                    .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                    .containsIgnoringCase("\r\nupgrade: websocket\r\n")
                    .containsIgnoringCase("\r\nconnection: upgrade\r\n")
                    .contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .doesNotContainIgnoringCase("transfer-encoding");
            assertThat(origin.heads.getFirst())
                    .containsIgnoringCase("\r\nupgrade: websocket\r\n")
                    .containsIgnoringCase("\r\nconnection: upgrade\r\n")
                    .contains(KEY);
            String text = "GET / HTTP/1.1\r\nHost: a\r\n\r\n\0\u00ff";
            assertThat(client.send(text).until("\u00ff")).isEqualTo(text);
            client.socket.shutdownOutput();
            assertThat(client.toEnd()).isEmpty();
            await().until(() -> front.reasons.equals(List.of("served")));
            await().until(() -> front.leased() == 0 && front.tunnels.get() == 0);
        }
    }

    @Test
    void whatAClientSaysBeforeItIsAnsweredWaits() throws IOException, InterruptedException {
        var asked = new CountDownLatch(1);
        var agree = new CountDownLatch(1);
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    asked.countDown();
                    pass(agree);
                    assertThat(socket.getInputStream().available()).isZero();
                    Origin.answer(socket, SWITCH + "first");
                    socket.getInputStream().transferTo(socket.getOutputStream());
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(ASK + "early");
            pass(asked);
            client.send("more");
            agree.countDown();
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 101");
            assertThat(client.until("more")).isEqualTo("firstearlymore");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nUpgrade: websocket\r\nConnection: upgrade\r\nContent-Length: 2\r\n\r\nno",
            })
    void anotherAnswerIsAResponseAndNothingBehindTheRequestIsForwarded(String answer) throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    while (!self.head(socket).isEmpty()) {
                        Origin.answer(socket, answer);
                    }
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            String got = client.send(ASK + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
                    .toEnd();
            assertThat(got)
                    .startsWith(answer.substring(0, 12))
                    .contains("connection: close")
                    .doesNotContainIgnoringCase("upgrade")
                    .containsPattern("\r\n\r\n(2\r\n)?no");
            assertThat(front.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).contains("no");
            assertThat(origin.heads).hasSize(2).noneMatch(head -> head.contains("smuggled"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n" + KEY + "\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket, h2c\r\nConnection: Upgrade\r\n" + KEY + "\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n" + KEY
                        + "\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket/13\r\nConnection: Upgrade\r\n" + KEY + "\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n" + KEY + "\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive\r\n" + KEY + "\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 0\r\n" + KEY
                        + "\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 2\r\n" + KEY
                        + "\r\nok",
                "POST / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + KEY + "\r\n",
            })
    void everyOtherUpgradeIsTakenOutAndTheConnectionStaysHttp(String ask) throws IOException {
        try (Origin origin = Origin.ok();
                Front front = new Front(origin);
                RawClient client = front.client()) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.send(ask).response())
                        .startsWith("HTTP/1.1 200")
                        .endsWith("ok");
            }
            assertThat(origin.heads.getFirst().toLowerCase(Locale.ROOT)).doesNotContain("upgrade", "connection");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
            })
    void anotherProtocolThanTheOneAskedForIsABadGateway(String answer) throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    Origin.answer(socket, answer);
                });
                Front front = new Front(origin)) {
            assertThat(front.ask(ASK)).startsWith("HTTP/1.1 502 ");
            await().until(() -> front.reasons.equals(List.of("upstream_malformed")) && front.leased() == 0);
        }
    }

    @Test
    void anUpgradeWaitsItsTurnBehindAnotherRequest() throws IOException {
        try (Origin origin = new Origin((self, socket) -> {
                    if (self.head(socket).contains("GET /chat")) {
                        Origin.answer(socket, SWITCH);
                        socket.getInputStream().transferTo(socket.getOutputStream());
                    } else {
                        Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
                    }
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + ASK + "GET / HTTP/1.1\r\n\r\n");
            assertThat(client.response()).startsWith("HTTP/1.1 200").endsWith("ok");
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 101");
            assertThat(client.until("\r\n\r\n")).isEqualTo("GET / HTTP/1.1\r\n\r\n");
        }
    }

    @Test
    void eachDirectionEndsByItself() throws IOException {
        try (Origin origin = tunnel((in, out) -> {
                    String all = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
                    out.write(("got " + all).getBytes(StandardCharsets.US_ASCII));
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(ASK).until("\r\n\r\n");
            client.send("all").socket.shutdownOutput();
            assertThat(client.toEnd()).isEqualTo("got all");
        }
        var ended = new CountDownLatch(1);
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    Origin.answer(socket, SWITCH + "bye");
                    socket.shutdownOutput();
                    assertThat(socket.getInputStream().readAllBytes()).isEqualTo(new byte[] {'x'});
                    ended.countDown();
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(ASK).until("\r\n\r\n");
            assertThat(client.toEnd()).isEqualTo("bye");
            client.send("x").socket.shutdownOutput();
            pass(ended);
            await().until(() -> front.reasons.equals(List.of("served")) && front.leased() == 0);
        }
    }

    @Test
    void aResetIsAResetOnTheOtherSideToo() throws IOException {
        var reset = new CountDownLatch(1);
        try (Origin origin = tunnel((in, out) -> {
                    assertThatThrownBy(in::readAllBytes).isInstanceOf(SocketException.class);
                    reset.countDown();
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(ASK).until("\r\n\r\n");
            client.socket.setSoLinger(true, 0);
            client.socket.close();
            pass(reset);
            await().until(() -> front.reasons.equals(List.of("client_closed")) && front.leased() == 0);
        }
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    Origin.answer(socket, SWITCH);
                    assertThat(socket.getInputStream().read()).isEqualTo('x');
                    socket.setSoLinger(true, 0);
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(ASK).until("\r\n\r\n");
            client.send("x");
            assertThatThrownBy(() -> client.socket.getInputStream().read()).isInstanceOf(SocketException.class);
            await().until(() -> front.reasons.equals(List.of("upstream_closed")) && front.leased() == 0);
        }
    }

    @Test
    void neitherSideIsReadFasterThanTheOtherTakes() throws IOException {
        var written = new AtomicLong();
        try (Origin origin = tunnel((in, out) -> writeForEver(out, written));
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.socket.setReceiveBufferSize(32 * 1024);
            client.send(ASK).until("\r\n\r\n");
            assertThat(atRest(written)).isLessThan(30_000_000);
        }
        written.set(0);
        var done = new CountDownLatch(1);
        try (Origin origin = tunnel((in, out) -> pass(done));
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(ASK).until("\r\n\r\n");
            Thread.ofVirtual().start(() -> {
                try {
                    writeForEver(client.socket.getOutputStream(), written);
                } catch (IOException e) {
                    // closed by the test
                }
            });
            assertThat(atRest(written)).isLessThan(30_000_000);
            done.countDown();
        }
    }

    @Test
    void aHundredClientsThatTakeNothingCostLittle() throws IOException {
        var written = new AtomicLong();
        try (Origin origin = new Origin((self, socket) -> {
                    if (self.head(socket).contains("/chat")) {
                        socket.setSendBufferSize(32 * 1024);
                        Origin.answer(socket, SWITCH);
                        writeForEver(socket.getOutputStream(), written);
                    }
                    Origin.answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                });
                Front front = new Front(origin)) {
            assertThat(front.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).endsWith("ok");
            long before = directMemory();
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                RawClient client = front.client();
                client.socket.setReceiveBufferSize(32 * 1024);
                clients.add(client.send(ASK));
                client.until("\r\n\r\n");
            }
            atRest(written);
            assertThat(directMemory() - before).isLessThan(50L << 20);
            assertThat(front.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).endsWith("ok");
            for (RawClient client : clients) {
                client.close();
            }
            await().until(() -> front.leased() == 0 && front.tunnels.get() == 0);
        }
    }

    /** Where everything is that waits for somebody; the endpoints of this test fill the heap themselves. */
    private static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    private static ClientTraffic patience(Duration idle, Duration writeStall) {
        return TestLimits.traffic(TestLimits.patience(
                new ClientLimits.Timeouts(LATE, idle, LATE, writeStall), ClientLimits.DEFAULT.minBodyRate()));
    }

    @Test
    void aClientThatTakesNothingIsCutOffAndOneThatIsSilentToo() throws IOException {
        try (Origin origin = tunnel((in, out) -> writeForEver(out, new AtomicLong()));
                Front front = new Front(patience(LATE, SOON), origin);
                RawClient client = front.client()) {
            client.send(ASK);
            await().until(() -> front.reasons.equals(List.of("client_too_slow")) && front.leased() == 0);
        }
        try (Origin origin = tunnel((in, out) -> in.readAllBytes());
                Front front = new Front(patience(SOON, LATE), origin);
                RawClient client = front.client()) {
            client.send(ASK).until("\r\n\r\n");
            assertThat(client.toEnd()).isEmpty();
            await().until(() -> front.reasons.equals(List.of("tunnel_idle")) && front.leased() == 0);
        }
    }

    @Test
    void countsAsAConnectionUntilItIsClosed() throws IOException {
        try (Origin origin = tunnel((in, out) -> in.transferTo(out));
                Front front = new Front(TestLimits.traffic(TestLimits.connections(1, 0, 1)), origin)) {
            try (RawClient client = front.client()) {
                client.send(ASK).until("\r\n\r\n");
                try (RawClient other = front.client()) {
                    assertThat(other.toEnd()).isEmpty();
                }
                assertThat(client.send("ping").until("ping")).isEqualTo("ping");
            }
            await().until(() -> front.tunnels.get() == 0);
            await().ignoreException(SocketException.class)
                    .untilAsserted(() -> assertThat(front.ask(ASK)).startsWith("HTTP/1.1 101 "));
        }
    }

    @Test
    void aClientThatWasToldToCloseMayLeaveAsItLikes() throws IOException {
        try (Origin origin = tunnel((in, out) -> {
                    out.write(GOING_AWAY);
                    in.readAllBytes();
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(ASK).until("\r\n\r\n");
            assertThat(client.socket.getInputStream().readNBytes(4)).isEqualTo(GOING_AWAY);
            client.socket.setSoLinger(true, 0);
            client.socket.close();
            await().until(() -> front.reasons.equals(List.of("served")) && front.leased() == 0);
        }
    }

    @Test
    void theTimeOfARequestEndsWithItsAnswer() throws IOException {
        var limits = new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(1500));
        try (Origin origin = tunnel((in, out) -> in.transferTo(out));
                Front front = new Front(ClientTraffic.DEFAULT, limits, origin);
                RawClient client = front.client()) {
            client.send(ASK).until("\r\n\r\n");
            long begun = System.nanoTime();
            await().pollInterval(Duration.ofMillis(100)).until(() -> {
                assertThat(client.send("ping").until("ping")).isEqualTo("ping");
                return System.nanoTime() - begun > Duration.ofMillis(2300).toNanos();
            });
            assertThat(front.reasons).isEmpty();
        }
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    socket.getInputStream().readAllBytes();
                });
                Front front = new Front(ClientTraffic.DEFAULT, limits, origin)) {
            assertThat(front.ask(ASK)).startsWith("HTTP/1.1 504 ");
        }
    }

    @Test
    void whoLeavesSaysSoToBothPeersBetweenTwoFrames() throws IOException {
        var half = new CountDownLatch(1);
        try (Origin origin = tunnel((in, out) -> {
                    out.write(new byte[] {(byte) 0x82, 4, 'h', 'a'});
                    half.countDown();
                    byte[] close = in.readNBytes(8);
                    assertThat(close).startsWith((byte) 0x88, (byte) 0x82);
                    assertThat(((close[2] ^ close[6]) << 8) | ((close[3] ^ close[7]) & 0xff))
                            .isEqualTo(1001);
                    out.write(new byte[] {'l', 'f', (byte) 0x82, 1, '!'});
                    out.write(GOING_AWAY);
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            InputStream in = client.socket.getInputStream();
            client.send(ASK).until("\r\n\r\n");
            pass(half);
            assertThat(in.readNBytes(4)).containsExactly(0x82, 4, 'h', 'a');
            front.listeners.close();
            assertThat(in.readNBytes(2)).containsExactly('l', 'f');
            assertThat(in.readNBytes(4)).isEqualTo(GOING_AWAY);
            assertThat(front.reasons).isEmpty();
            client.socket.getOutputStream().write(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xe9});
            assertThat(in.read()).isEqualTo(-1);
            client.socket.close();
            await().until(() -> front.reasons.equals(List.of("shutdown")) && front.leased() == 0);
        }
    }

    @Test
    void aTunnelThatBeginsWhileTheDataPlaneLeavesIsToldAtOnce() throws IOException {
        var agree = new CountDownLatch(1);
        try (Origin origin = new Origin((self, socket) -> {
                    self.head(socket);
                    pass(agree);
                    Origin.answer(socket, SWITCH);
                    socket.getInputStream().readAllBytes();
                });
                Front front = new Front(origin);
                RawClient client = front.client()) {
            client.send(ASK);
            await().until(() -> origin.heads.size() == 1);
            front.listeners.close();
            agree.countDown();
            client.until("\r\n\r\n");
            assertThat(client.socket.getInputStream().readNBytes(4)).isEqualTo(GOING_AWAY);
        }
    }

    /** What an endpoint does once it has agreed. */
    interface Talk {
        void hold(InputStream in, OutputStream out) throws IOException;
    }

    static Origin tunnel(Talk talk) throws IOException {
        return new Origin((self, socket) -> {
            self.head(socket);
            Origin.answer(socket, SWITCH);
            talk.hold(socket.getInputStream(), socket.getOutputStream());
        });
    }

    private static void writeForEver(OutputStream out, AtomicLong written) throws IOException {
        byte[] block = new byte[16 * 1024];
        while (true) {
            out.write(block);
            written.addAndGet(block.length);
        }
    }

    private static long atRest(AtomicLong written) {
        var before = new AtomicLong(-1);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> written.get() > 0 && before.getAndSet(written.get()) == written.get());
        return written.get();
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
