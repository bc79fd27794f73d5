package dev.portico.proxy.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.TestLimits;
import dev.portico.proxy.TestPorts;
import dev.portico.proxy.memory.Memory;
import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.Recorder;
import dev.portico.proxy.runtime.Table;
import dev.portico.proxy.telemetry.Exposition;
import dev.portico.proxy.tls.Engine;
import dev.portico.proxy.tls.TlsTable;
import dev.portico.proxy.upstream.UpstreamLimits;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.ClientLimits;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Tls;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenersTest {
    private final Vertx vertx =
            Vertx.builder().withTransport(TransportKind.best().transport()).build();
    private final List<ConnectionLimit> limited = new CopyOnWriteArrayList<>();
    private final Listeners listeners = listeners(10_000);

    @AfterEach
    void stop() {
        listeners.close();
        vertx.close().await();
    }

    @Test
    void aPortThatIsTakenIsReportedAndCostsOnlyItself() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpListener good = listener("good", TestPorts.free());
            listeners.open(List.of(listener("taken", taken.getLocalPort()), good));
            var outcomes = listeners.outcomes();
            assertThat(outcomes.get(0).problem()).contains("port " + taken.getLocalPort());
            assertThat(outcomes.get(1).problem()).isNull();
            assertThat(answer(good)).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void aListenerThatGoesIsClosedAndTheOthersAreNotTouched() throws IOException {
        HttpListener stays = listener("stays", TestPorts.free());
        HttpListener goes = listener("goes", TestPorts.free());
        listeners.open(List.of(stays, goes));
        try (var open = new Socket(InetAddress.getLoopbackAddress(), stays.port());
                var cut = new Socket(InetAddress.getLoopbackAddress(), goes.port())) {
            assertThat(answer(stays)).isNotEmpty();
            assertThat(answer(goes)).isNotEmpty();
            listeners.open(List.of(stays));
            listeners.closeOthers(List.of(stays));
            assertThat(cut.getInputStream().read()).isEqualTo(-1);
            assertThatThrownBy(() -> answer(goes)).isInstanceOf(ConnectException.class);
            assertThat(answer(open)).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void aConnectionThatArrivesWhenItsListenerHasGoneIsClosed() throws IOException {
        HttpListener goes = listener("goes", TestPorts.free());
        listeners.open(List.of(goes));
        var held = new CompletableFuture<Void>();
        List<SingleThreadEventExecutor> loops = eventLoops();
        loops.forEach(loop -> loop.execute(held::join));
        await().until(() -> loops.stream().allMatch(loop -> loop.pendingTasks() == 0));
        try (var late = new Socket(InetAddress.getLoopbackAddress(), goes.port())) {
            await().until(() -> loops.stream().anyMatch(loop -> loop.pendingTasks() > 0));
            listeners.closeOthers(List.of());
            held.complete(null);
            late.setSoTimeout(10_000);
            assertThat(late.getInputStream().read()).isEqualTo(-1);
        } finally {
            held.complete(null);
        }
    }

    private List<SingleThreadEventExecutor> eventLoops() {
        var loops = new ArrayList<SingleThreadEventExecutor>();
        ((VertxInternal) vertx).nettyEventLoopGroup().forEach(loop -> loops.add((SingleThreadEventExecutor) loop));
        return loops;
    }

    @Test
    void aPortThatBecomesFreeIsBoundByTheNextTry() throws IOException {
        HttpListener patient;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            patient = listener("patient", taken.getLocalPort());
            listeners.open(List.of(patient));
            listeners.retry();
            assertThat(listeners.outcomes().getFirst().problem()).isNotNull();
        }
        listeners.retry();
        assertThat(listeners.outcomes().getFirst().problem()).isNull();
        assertThat(answer(patient)).startsWith("HTTP/1.1 503 ");
    }

    @Test
    void aListenerThatMovesLeavesItsPort() throws IOException {
        HttpListener before = listener("moves", TestPorts.free());
        HttpListener after = listener("moves", TestPorts.free());
        listeners.open(List.of(before));
        listeners.closeOthers(List.of(after));
        listeners.open(List.of(after));
        assertThatThrownBy(() -> answer(before)).isInstanceOf(ConnectException.class);
        assertThat(answer(after)).startsWith("HTTP/1.1 503 ");
    }

    @Test
    void whatWasClosedForGoodIsNotOpenedByALaterTable() throws IOException {
        HttpListener late = listener("late", TestPorts.free());
        listeners.open(List.of(late));
        listeners.close();
        listeners.open(List.of(late));
        assertThat(listeners.outcomes().getFirst().problem()).contains("is ending");
        assertThatThrownBy(() -> answer(late)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aPlainListenerOfHttp2AloneSpeaksNothingElse() throws IOException {
        HttpListener alone = listener("alone", TestPorts.free(), HttpVersion.HTTP2);
        listeners.open(List.of(alone));
        assertThat(answer(alone)).doesNotContain("HTTP/1.1").contains("Unexpected HTTP/1.x");
    }

    @Test
    void aConnectionBeyondItsListenersLimitIsClosedAsItArrivesAndThereIsRoomAgainWhenOneLeaves() throws IOException {
        HttpListener two = limited("two", TestLimits.connections(2, 0, 0));
        HttpListener three = limited("three", TestLimits.connections(3, 0, 0));
        listeners.open(List.of(two, three));
        var first = new Socket(InetAddress.getLoopbackAddress(), two.port());
        try (var second = new Socket(InetAddress.getLoopbackAddress(), two.port())) {
            assertThat(isRefused(two)).isTrue();
            var third = new Socket(InetAddress.getLoopbackAddress(), three.port());
            assertThat(isRefused(three)).as("all listeners count").isTrue();
            assertThat(figures()).contains("refused_total{listener=\"two\",limit=\"max_connections\"} 1");
            third.close();
            first.close();
            await().until(() -> !isRefused(two));
            assertThat(answer(second)).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void oneClientHasSoManyConnectionsAndTheNextClientTheSame() throws IOException {
        HttpListener listener = limited("a", TestLimits.connections(100, 1, 0));
        listeners.open(List.of(listener));
        InetAddress neighbour = InetAddress.ofLiteral("127.0.0.2");
        try (var one = new Socket(InetAddress.getLoopbackAddress(), listener.port());
                var other = new Socket(InetAddress.getLoopbackAddress(), listener.port(), neighbour, 0)) {
            assertThat(isRefused(listener)).isTrue();
            assertThat(figures()).contains("refused_total{listener=\"a\",limit=\"max_connections_per_ip\"} 1");
            assertThat(answer(one)).startsWith("HTTP/1.1 503 ");
            assertThat(answer(other)).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void theAddressesOfOneIpv6NetworkAreOneClient() {
        long home = Admission.network(InetAddress.ofLiteral("2001:db8:1:2::1"));
        assertThat(Admission.network(InetAddress.ofLiteral("2001:db8:1:2:ffff::2")))
                .isEqualTo(home);
        assertThat(Admission.network(InetAddress.ofLiteral("2001:db8:1:3::1"))).isNotEqualTo(home);
        assertThat(Admission.network(InetAddress.ofLiteral("192.0.2.1")))
                .isNotEqualTo(Admission.network(InetAddress.ofLiteral("192.0.2.2")));
    }

    @Test
    void clientsBeyondTheRoomOfTheProcessWaitAndAreServedWhenOneLeaves() throws IOException {
        Listeners small = listeners(2);
        HttpListener listener = listener("a", TestPorts.free());
        small.open(List.of(listener));
        var leaves = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        try (var stays = new Socket(InetAddress.getLoopbackAddress(), listener.port());
                var waits = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            waits.setSoTimeout(300);
            assertThatThrownBy(() -> answer(waits)).isInstanceOf(SocketTimeoutException.class);
            assertThat(figures(small)).contains("portico_accept_paused 1", "portico_connections_room 2");
            leaves.close();
            waits.setSoTimeout(10_000);
            assertThat(waits.getInputStream().read()).isEqualTo('H');
            assertThat(answer(stays)).startsWith("HTTP/1.1 503 ");
        } finally {
            small.close();
        }
    }

    @Test
    void changedLimitsHoldForTheNextConnection() throws IOException {
        HttpListener listener = limited("a", TestLimits.connections(1, 0, 0));
        listeners.open(List.of(listener));
        try (var one = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            assertThat(isRefused(listener)).isTrue();
            listeners.open(List.of(new HttpListener(
                    "a",
                    listener.port(),
                    listener.versions(),
                    null,
                    TestLimits.traffic(TestLimits.connections(2, 0, 0)),
                    AccessLog.DEFAULT)));
            assertThat(isRefused(listener)).isFalse();
            assertThat(answer(one)).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void aHandshakeThatIsNotDoneInTimeIsCutOffWhereverItStandsAndSoIsSilence() throws IOException {
        Duration soon = Duration.ofSeconds(1);
        var limits = TestLimits.patience(
                new ClientLimits.Timeouts(soon, soon, soon, soon), ClientLimits.DEFAULT.minBodyRate());
        var tls = new HttpListener(
                "tls",
                TestPorts.free(),
                List.of(HttpVersion.HTTP1),
                new Tls(Tls.MinVersion.TLS_1_2),
                TestLimits.traffic(limits),
                AccessLog.DEFAULT);
        var plain = new HttpListener(
                "plain",
                TestPorts.free(),
                List.of(HttpVersion.HTTP1, HttpVersion.HTTP2),
                null,
                TestLimits.traffic(limits),
                AccessLog.DEFAULT);
        listeners.open(List.of(tls, plain));
        try (var silent = new Socket(InetAddress.getLoopbackAddress(), tls.port());
                var begun = new Socket(InetAddress.getLoopbackAddress(), tls.port());
                var undecided = new Socket(InetAddress.getLoopbackAddress(), plain.port())) {
            begun.getOutputStream().write(new byte[] {22, 3, 1});
            undecided.getOutputStream().write('P');
            for (Socket socket : List.of(silent, begun, undecided)) {
                socket.setSoTimeout(5_000);
                assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(16);
            }
        }
        assertThat(limited)
                .containsExactlyInAnyOrder(
                        ConnectionLimit.TLS_HANDSHAKE_TIMEOUT,
                        ConnectionLimit.TLS_HANDSHAKE_TIMEOUT,
                        ConnectionLimit.HEADER_TIMEOUT);
    }

    private Listeners listeners(int room) {
        return new Listeners(
                new Loops(vertx, vertx, () -> Table.EMPTY, Silent::new, UpstreamLimits.ofLoops(2), new Memory(() -> 0)),
                "127.0.0.1",
                () -> TlsTable.none(Engine.jdk()),
                room);
    }

    private String figures() {
        return figures(listeners);
    }

    private static String figures(Listeners of) {
        var exposition = new Exposition();
        of.figures().write(exposition);
        return exposition.toString();
    }

    /** Whether a connection ends before it has said anything. */
    private static boolean isRefused(HttpListener listener) throws IOException {
        try {
            return answer(listener).isEmpty();
        } catch (SocketException e) {
            return true;
        }
    }

    private static HttpListener limited(String id, ClientLimits limits) throws IOException {
        return new HttpListener(
                id, TestPorts.free(), List.of(HttpVersion.HTTP1), null, TestLimits.traffic(limits), AccessLog.DEFAULT);
    }

    private static HttpListener listener(String id, int port) {
        return listener(id, port, HttpVersion.HTTP1);
    }

    private static HttpListener listener(String id, int port, HttpVersion version) {
        return new HttpListener(id, port, List.of(version), null, ClientTraffic.DEFAULT, AccessLog.DEFAULT);
    }

    private static String answer(HttpListener listener) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            return answer(socket);
        }
    }

    private static String answer(Socket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private final class Silent implements Recorder {
        @Override
        public void finished(Exchange exchange) {}

        @Override
        public void connected(String listener) {}

        @Override
        public void limited(String listener, ConnectionLimit limit) {
            limited.add(limit);
        }

        @Override
        public void disconnected(String listener) {}
    }
}
