package dev.portico.proxy;

import static dev.portico.proxy.TestProxy.endpoints;
import static dev.portico.proxy.TestProxy.host;
import static dev.portico.proxy.TestProxy.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.listener.TransportKind;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.Endpoints.Endpoint;
import dev.portico.routetable.Filter;
import dev.portico.routetable.HeaderChange;
import dev.portico.routetable.RequestHeaders;
import dev.portico.routetable.ResponseHeaders;
import dev.portico.routetable.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** WebSockets in a whole data plane: filters, changes of the table, metrics, access log and the end. */
@SuppressWarnings("NullAway.Init")
class TunnelsTest {
    private static final byte[] GOING_AWAY = {(byte) 0x88, 2, 3, (byte) 0xe9};
    private static final byte[] CLIENTS_CLOSE = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xe9};

    private static final String SWITCHED = String.join(
            "\r\n",
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "X-Gone: 1",
            "",
            "");

    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    private final ServerSocket endpoint = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private TestProxy proxy;

    TunnelsTest() throws IOException {}

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        Thread.ofVirtual().start(this::accept);
        begin(directory);
    }

    private void begin(Path directory, String... arguments) throws Exception {
        proxy = new TestProxy(directory, arguments);
        var change = new HeaderChange(List.of(new HeaderChange.Header("X-Set", "yes")), List.of(), List.of("X-Gone"));
        push(endpoint(), new RequestHeaders(change), new ResponseHeaders(change));
    }

    @AfterEach
    void stop() throws IOException {
        endpoint.close();
    }

    private Endpoint endpoint() {
        return new Endpoint("127.0.0.1", endpoint.getLocalPort());
    }

    private void push(Endpoint to, Filter... filters) throws Exception {
        proxy.pushAll(List.of(
                proxy.listener(),
                new Upstream("echo", new Balancer.RoundRobin()),
                endpoints(to),
                host("a.test", route("/", filters))));
    }

    @Test
    void filters_and_numbers_hold_and_no_change_of_the_table_touches_a_tunnel() throws Exception {
        try (Socket client = open()) {
            String seen = heads.take();
            assertThat(seen).contains("X-Set: yes\r\n").doesNotContain("X-Gone");
            assertThat(echo(client, "one")).isEqualTo("one");
            push(proxy.backendEndpoint());
            proxy.pushAll(List.of(proxy.listener()));
            assertThat(proxy.get("a.test", "/").status()).isEqualTo(404);
            assertThat(echo(client, "three")).isEqualTo("three");
            await().untilAsserted(() -> assertThat(proxy.admin("/metrics").body())
                    .contains(
                            "portico_tunnels{listener=\"http\"} 1\n",
                            "portico_tunnels_total{listener=\"http\"} 1\n",
                            "portico_tunnel_bytes_total{listener=\"http\",to=\"endpoint\"} 20\n",
                            "portico_tunnel_bytes_total{listener=\"http\",to=\"client\"} 20\n",
                            "portico_upstream_leases 1\n"));
        }
        await().untilAsserted(() -> assertThat(proxy.accessLog())
                .anySatisfy(line -> assertThat(line)
                        .contains("\"method\":\"GET\"", "\"status\":101", "\"bytes_received\":20", "\"bytes_sent\":20")
                        .doesNotContain("reason", "cut")));
        await().untilAsserted(() -> assertThat(proxy.admin("/metrics").body())
                .contains("portico_tunnels{listener=\"http\"} 0\n", "portico_upstream_leases 0\n")
                .contains("portico_requests_total{listener=\"http\",class=\"1xx\"} 1\n"));
        proxy.close();
    }

    @Test
    void a_drain_ends_with_the_last_close() throws Exception {
        try (Socket client = open()) {
            assertThat(echo(client, "one")).isEqualTo("one");
            var drained = CompletableFuture.runAsync(() -> {
                try {
                    proxy.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(client.getInputStream().readNBytes(4)).isEqualTo(GOING_AWAY);
            client.getOutputStream().write(CLIENTS_CLOSE);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            client.shutdownOutput();
            drained.get(10, TimeUnit.SECONDS);
        }
        assertThat(proxy.accessLog())
                .anySatisfy(line -> assertThat(line).contains("\"status\":101", "\"reason\":\"shutdown\""));
    }

    @ParameterizedTest
    @MethodSource("dev.portico.proxy.TransportTest#available")
    void a_peer_that_does_not_answer_the_close_is_cut_and_logged(TransportKind kind, @TempDir Path another)
            throws Exception {
        proxy.close();
        begin(another, "--transport=" + kind, "--drain-timeout=1s");
        try (Socket client = open()) {
            assertThat(echo(client, "one")).isEqualTo("one");
            proxy.close();
            assertThat(client.getInputStream().readNBytes(4)).isEqualTo(GOING_AWAY);
        }
        assertThat(proxy.accessLog())
                .singleElement()
                .asString()
                .contains("\"status\":101", "\"reason\":\"shutdown\"", "\"cut\":true", "\"bytes_sent\":9");
    }

    private Socket open() throws IOException {
        var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(10_000);
        client.getOutputStream().write("""
                GET / HTTP/1.1
                Host: a.test
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Version: 13
                X-Gone: 1

                """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(head(client.getInputStream()))
                .startsWith("HTTP/1.1 101 ")
                .contains("X-Set: yes\r\n")
                .doesNotContain("X-Gone");
        return client;
    }

    /** A text as a frame under an empty mask, 6 bytes more than it has characters, which comes back as it is. */
    private static String echo(Socket client, String text) throws IOException {
        var frame = ByteBuffer.allocate(6 + text.length())
                .put((byte) 0x81)
                .put((byte) (0x80 | text.length()))
                .putInt(0)
                .put(text.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().write(frame.array());
        byte[] back = client.getInputStream().readNBytes(frame.capacity());
        return new String(back, 6, back.length - 6, StandardCharsets.US_ASCII);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = endpoint.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed by the test
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            heads.add(head(socket.getInputStream()));
            socket.getOutputStream().write(SWITCHED.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // the proxy gave the connection up
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the head ends early: " + head);
            }
            head.append((char) octet);
        }
        return head.toString();
    }
}
