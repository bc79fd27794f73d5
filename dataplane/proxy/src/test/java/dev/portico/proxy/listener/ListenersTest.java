package dev.portico.proxy.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.http1.Http1Limits;
import dev.portico.proxy.pipeline.Exchange;
import dev.portico.proxy.pipeline.Recorder;
import dev.portico.proxy.runtime.Table;
import dev.portico.proxy.tls.Engine;
import dev.portico.proxy.tls.TlsTable;
import dev.portico.proxy.upstream.UpstreamLimits;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenersTest {
    private final Vertx vertx =
            Vertx.builder().withTransport(TransportKind.best().transport()).build();
    private final Listeners listeners = new Listeners(
            new Loops(vertx, () -> Table.EMPTY, Silent::new, UpstreamLimits.ofLoops(2)),
            "127.0.0.1",
            () -> TlsTable.none(Engine.jdk()),
            Http1Limits.DEFAULT);

    @AfterEach
    void stop() {
        listeners.close();
        vertx.close().await();
    }

    @Test
    void aPortThatIsTakenIsReportedAndCostsOnlyItself() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpListener good = listener("good", freePort());
            listeners.open(List.of(listener("taken", taken.getLocalPort()), good));
            var outcomes = listeners.outcomes();
            assertThat(outcomes.get(0).problem()).contains("port " + taken.getLocalPort());
            assertThat(outcomes.get(1).problem()).isNull();
            assertThat(answer(good)).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void aListenerThatGoesIsClosedAndTheOthersAreNotTouched() throws IOException {
        HttpListener stays = listener("stays", freePort());
        HttpListener goes = listener("goes", freePort());
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
        HttpListener goes = listener("goes", freePort());
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
        HttpListener before = listener("moves", freePort());
        HttpListener after = listener("moves", freePort());
        listeners.open(List.of(before));
        listeners.closeOthers(List.of(after));
        listeners.open(List.of(after));
        assertThatThrownBy(() -> answer(before)).isInstanceOf(ConnectException.class);
        assertThat(answer(after)).startsWith("HTTP/1.1 503 ");
    }

    @Test
    void whatWasClosedForGoodIsNotOpenedByALaterTable() throws IOException {
        HttpListener late = listener("late", freePort());
        listeners.open(List.of(late));
        listeners.close();
        listeners.open(List.of(late));
        assertThat(listeners.outcomes().getFirst().problem()).contains("is ending");
        assertThatThrownBy(() -> answer(late)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aPlainListenerOfHttp2AloneSpeaksNothingElse() throws IOException {
        HttpListener alone = listener("alone", freePort(), HttpVersion.HTTP2);
        listeners.open(List.of(alone));
        assertThat(answer(alone)).doesNotContain("HTTP/1.1").contains("Unexpected HTTP/1.x");
    }

    private static HttpListener listener(String id, int port) {
        return listener(id, port, HttpVersion.HTTP1);
    }

    private static HttpListener listener(String id, int port, HttpVersion version) {
        return new HttpListener(id, port, List.of(version), null, ClientTraffic.DEFAULT, AccessLog.DEFAULT);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
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

    private static final class Silent implements Recorder {
        @Override
        public void finished(Exchange exchange) {}

        @Override
        public void connected(String listener) {}

        @Override
        public void disconnected(String listener) {}
    }
}
