package dev.portico.proxy;

import static dev.portico.proxy.TestProxy.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.listener.TransportKind;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.Endpoints.Endpoint;
import dev.portico.routetable.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reset that comes right behind data, on every transport of this machine, is noticed as soon as the data was read. */
final class ResetBehindDataTest {
    private static final int TIMES = 50;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final ServerSocket endpoint;

    ResetBehindDataTest() throws IOException {
        endpoint = new ServerSocket(0, 0, LOOPBACK);
    }

    @AfterEach
    void close() throws IOException {
        endpoint.close();
    }

    @ParameterizedTest
    @MethodSource("dev.portico.proxy.TransportTest#available")
    void anUploadThatIsResetHoldsNoEndpoint(TransportKind kind, @TempDir Path directory) throws Exception {
        var proxy = new TestProxy(directory, "--transport=" + kind);
        try {
            proxy.push(TestProxy.host("a.test", route("/")));
            for (int i = 0; i < TIMES; i++) {
                try (var socket = new Socket(LOOPBACK, proxy.port())) {
                    socket.setSoLinger(true, 0);
                    socket.getOutputStream().write(head("POST", "Content-Length: 1000000\r\n"));
                    socket.getOutputStream().write(new byte[100_000]);
                }
            }
            await().atMost(SOON).until(() -> count(proxy.accessLog(), "client_closed") == TIMES);
            assertThat(proxy.admin("/metrics").body()).contains("portico_upstream_leases 0\n");
        } finally {
            proxy.close();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.portico.proxy.TransportTest#available")
    void aConnectionThatIsResetBehindItsAnswerIsNotUsedAgain(TransportKind kind, @TempDir Path directory)
            throws Exception {
        answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        var proxy = new TestProxy(directory, "--transport=" + kind);
        try {
            push(proxy);
            for (int i = 0; i < TIMES; i++) {
                assertThat(proxy.get("a.test", "/").status()).isEqualTo(200);
            }
        } finally {
            proxy.close();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.portico.proxy.TransportTest#available")
    void anAnswerThatIsResetIsCutAtOnce(TransportKind kind, @TempDir Path directory) throws Exception {
        assertIsCut("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", kind, directory);
    }

    @ParameterizedTest
    @MethodSource("dev.portico.proxy.TransportTest#available")
    void anAnswerWithoutLengthIsNotEndedByAReset(TransportKind kind, @TempDir Path directory) throws Exception {
        assertIsCut("HTTP/1.1 200 OK\r\n\r\nhello", kind, directory);
    }

    private void assertIsCut(String answer, TransportKind kind, Path directory) throws Exception {
        answer(answer);
        var proxy = new TestProxy(directory, "--transport=" + kind);
        try {
            push(proxy);
            for (int i = 0; i < TIMES; i++) {
                try (Socket socket = ask(proxy, "")) {
                    assertThat(untilReset(socket.getInputStream())).doesNotContain("hellohello", "\r\n0\r\n");
                }
            }
            await().atMost(SOON).until(() -> count(proxy.accessLog(), "upstream_truncated") == TIMES);
        } finally {
            proxy.close();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.portico.proxy.TransportTest#available")
    void aTunnelIsNotEndedByAReset(TransportKind kind, @TempDir Path directory) throws Exception {
        serve(socket -> {
            ResetTest.until(socket.getInputStream(), "\r\n\r\n");
            socket.getOutputStream().write(ascii("""
                    HTTP/1.1 101 Switching Protocols
                    Upgrade: websocket
                    Connection: Upgrade
                    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

                    """.replace("\n", "\r\n")));
            ResetTest.until(socket.getInputStream(), "more");
            socket.getOutputStream().write(ascii("hello"));
        });
        var proxy = new TestProxy(directory, "--transport=" + kind);
        try {
            push(proxy);
            for (int i = 0; i < TIMES; i++) {
                try (Socket socket = ask(proxy, """
                        Upgrade: websocket
                        Connection: Upgrade
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                        Sec-WebSocket-Version: 13
                        """.replace("\n", "\r\n"))) {
                    assertThat(ResetTest.until(socket.getInputStream(), "\r\n\r\n"))
                            .startsWith("HTTP/1.1 101");
                    socket.getOutputStream().write(ascii("more"));
                    assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
                            .isInstanceOf(SocketException.class);
                }
            }
        } finally {
            proxy.close();
        }
    }

    private static Socket ask(TestProxy proxy, String headers) throws IOException {
        var socket = new Socket(LOOPBACK, proxy.port());
        socket.setSoTimeout((int) SOON.toMillis());
        socket.getOutputStream().write(head("GET", headers));
        return socket;
    }

    /** All that comes; a wait longer than the socket's fails. */
    private static String untilReset(InputStream in) throws IOException {
        var read = new StringBuilder();
        try {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                read.append((char) octet);
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // reset
        }
        return read.toString();
    }

    private static byte[] head(String method, String more) {
        return ascii(method + " / HTTP/1.1\r\nHost: a.test\r\n" + more + "\r\n");
    }

    private static long count(List<String> lines, String reason) {
        return lines.stream().filter(line -> line.contains(reason)).count();
    }

    private void push(TestProxy proxy) throws Exception {
        proxy.pushAll(List.of(
                proxy.listener(),
                new Upstream("echo", new Balancer.RoundRobin()),
                TestProxy.endpoints(new Endpoint(LOOPBACK.getHostAddress(), endpoint.getLocalPort())),
                TestProxy.host("a.test", route("/"))));
    }

    /** To each connection, whose first request it reads, and resets it with the last byte. */
    private void answer(String answer) {
        serve(socket -> {
            ResetTest.until(socket.getInputStream(), "\r\n\r\n");
            socket.getOutputStream().write(ascii(answer));
        });
    }

    /** On each connection, which it resets behind that. */
    private void serve(Conversation conversation) {
        Thread.ofVirtual().start(() -> {
            while (true) {
                try (Socket socket = endpoint.accept()) {
                    socket.setSoLinger(true, 0);
                    conversation.with(socket);
                } catch (IOException e) {
                    if (endpoint.isClosed()) {
                        return;
                    }
                }
            }
        });
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @FunctionalInterface
    private interface Conversation {
        void with(Socket socket) throws IOException;
    }
}
