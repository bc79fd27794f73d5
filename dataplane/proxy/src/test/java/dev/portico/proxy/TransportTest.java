package dev.portico.proxy;

import static dev.portico.proxy.TestProxy.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.listener.TransportKind;
import dev.portico.proxy.tls.Credulous;
import dev.portico.proxy.tls.Issued;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.Balancer;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Section;
import dev.portico.routetable.Tls;
import dev.portico.routetable.Upstream;
import dev.portico.routetable.VirtualHost;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole data plane on every transport of this machine. */
final class TransportTest {
    private static final Issued ISSUED = Issued.by("EC", "localhost");

    static Stream<TransportKind> available() {
        return Arrays.stream(TransportKind.values()).filter(TransportKind::isAvailable);
    }

    @ParameterizedTest
    @MethodSource("available")
    void bothVersionsOfHttpAreServedPlainAndOverTls(TransportKind kind, @TempDir Path directory) throws Exception {
        var proxy = new TestProxy(directory, "--transport=" + kind);
        try (var client =
                HttpClient.newBuilder().sslContext(Credulous.context()).build()) {
            HttpListener https = https();
            proxy.pushAll(table(proxy, https));
            assertThat(proxy.get("localhost", "/").status()).isEqualTo(200);
            for (HttpClient.Version version : HttpClient.Version.values()) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + https.port() + "/large"))
                                .version(version)
                                .POST(BodyPublishers.ofByteArray(new byte[3_000_000]))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.version()).isEqualTo(version);
                assertThat(answer.body()).startsWith("POST /large");
            }
        } finally {
            proxy.close();
        }
    }

    @ParameterizedTest
    @MethodSource("available")
    void aClientThatLeavesHoldsNoEndpoint(TransportKind kind, @TempDir Path directory) throws Exception {
        var proxy = new TestProxy(directory, "--transport=" + kind);
        try {
            proxy.push(TestProxy.host("a.test", route("/")));
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
                socket.getOutputStream()
                        .write("GET /slow HTTP/1.1\r\nHost: a.test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                await().until(() -> proxy.admin("/metrics").body().contains("portico_upstream_leases 1\n"));
            }
            proxy.answerSlow();
            await().until(() -> proxy.admin("/metrics").body().contains("portico_upstream_leases 0\n"));
        } finally {
            proxy.close();
        }
    }

    private static HttpListener https() {
        return new HttpListener(
                "https",
                TestPorts.free(),
                List.of(HttpVersion.HTTP1, HttpVersion.HTTP2),
                new Tls(Tls.MinVersion.TLS_1_2),
                ClientTraffic.DEFAULT,
                AccessLog.DEFAULT);
    }

    private static List<Section> table(TestProxy proxy, HttpListener https) {
        var localhost = new HostPattern(HostPattern.Kind.EXACT, "localhost");
        return List.of(
                proxy.listener(),
                https,
                ISSUED.certificate("localhost", localhost),
                new VirtualHost(
                        localhost,
                        List.of(
                                new VirtualHost.Binding(TestProxy.LISTENER, null),
                                new VirtualHost.Binding(https.id(), null)),
                        List.of(route("/"))),
                new Upstream("echo", new Balancer.RoundRobin()),
                TestProxy.endpoints(proxy.backendEndpoint()));
    }
}
