package dev.portico.proxy;

import static dev.portico.proxy.TestProxy.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portico.proxy.tls.Credulous;
import dev.portico.proxy.tls.Issued;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.ClientLimits;
import dev.portico.routetable.Endpoints.Endpoint;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Tls;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.VirtualHost;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client of TLS sees of an endpoint that resets its connection: never the end that TLS has for a complete answer. */
final class ResetTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STALL = Duration.ofSeconds(1);

    private final ServerSocket endpoint = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final CountDownLatch seen = new CountDownLatch(1);
    private final int port = TestPorts.free();
    private TestProxy proxy;

    @SuppressWarnings("NullAway.Init")
    ResetTest() throws IOException {}

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        proxy = new TestProxy(directory);
        var https = new HttpListener(
                "https",
                port,
                List.of(HttpVersion.HTTP1),
                new Tls(Tls.MinVersion.TLS_1_2),
                TestLimits.traffic(TestLimits.patience(
                        new ClientLimits.Timeouts(PATIENCE, PATIENCE, PATIENCE, STALL),
                        ClientLimits.DEFAULT.minBodyRate())),
                AccessLog.DEFAULT);
        proxy.pushAll(List.of(
                https,
                Issued.by("EC", "localhost").certificate("any", HostPattern.ANY),
                new VirtualHost(
                        HostPattern.ANY, List.of(new VirtualHost.Binding(https.id(), null)), List.of(route("/"))),
                new Upstream("echo", new Balancer.RoundRobin()),
                TestProxy.endpoints(new Endpoint("127.0.0.1", endpoint.getLocalPort()))));
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        endpoint.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anAnswerWithoutLengthThatIsCutShortDoesNotEnd(String version) throws IOException {
        serve("HTTP/1.1 200 OK\r\n\r\nhello");
        try (Socket client = ask(version, "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")) {
            assertThat(until(client.getInputStream(), "hello")).startsWith("HTTP/1.1 200");
            seen.countDown();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anAnswerWithoutLengthWhoseClientStopsTakingItDoesNotEnd(String version) throws Exception {
        Thread.ofVirtual().start(() -> {
            try (Socket socket = endpoint.accept()) {
                until(socket.getInputStream(), "\r\n\r\n");
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    socket.getOutputStream().write(new byte[64 * 1024]);
                }
            } catch (IOException e) {
                seen.countDown(); // nobody takes more of the answer
            }
        });
        try (Socket client = ask(version, "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")) {
            until(client.getInputStream(), "\r\n\r\n");
            seen.await();
            assertThatThrownBy(() -> client.getInputStream().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aTunnelThatIsResetDoesNotEnd(String version) throws IOException {
        serve("""
                HTTP/1.1 101 Switching Protocols
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

                hello""".replace("\n", "\r\n"));
        try (Socket client = ask(version, """
                GET / HTTP/1.1
                Host: localhost
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Version: 13

                """.replace("\n", "\r\n"))) {
            assertThat(until(client.getInputStream(), "hello")).startsWith("HTTP/1.1 101");
            seen.countDown();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
        }
    }

    /** Answers so, and resets the connection when the client has seen that. */
    private void serve(String answer) {
        Thread.ofVirtual().start(() -> {
            try (Socket socket = endpoint.accept()) {
                until(socket.getInputStream(), "\r\n\r\n");
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                seen.await();
                socket.setSoLinger(true, 0);
            } catch (IOException | InterruptedException e) {
                // the test is over
            }
        });
    }

    private Socket ask(String version, String request) throws IOException {
        var socket = (SSLSocket) Credulous.context().getSocketFactory().createSocket("localhost", port);
        socket.setEnabledProtocols(new String[] {version});
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    static String until(InputStream in, String end) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("ended after " + read);
            }
            read.append((char) octet);
        }
        return read.toString();
    }
}
