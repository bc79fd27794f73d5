package dev.portico.proxy.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.proxy.tls.Credulous;
import dev.portico.proxy.tls.Engine;
import dev.portico.proxy.tls.Handshake;
import dev.portico.proxy.tls.Issued;
import dev.portico.proxy.tls.ListenerTls;
import dev.portico.proxy.tls.TlsTable;
import dev.portico.routetable.AccessLog;
import dev.portico.routetable.ClientLimits;
import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over TLS and ALPN. */
final class TlsTest {
    private static final Issued ISSUED = Issued.by("EC", "localhost");
    private static final HttpListener LISTENER = new HttpListener(
            "https",
            443,
            List.of(HttpVersion.HTTP2),
            new Tls(Tls.MinVersion.TLS_1_3),
            ClientTraffic.DEFAULT,
            AccessLog.DEFAULT);

    private final ListenerTls tls = Objects.requireNonNull(TlsTable.none(Engine.best())
            .next(
                    List.of(LISTENER),
                    List.of(
                            ISSUED.certificate("one", exact("localhost"), exact("same.example.org")),
                            ISSUED.certificate("other", exact("other.example.org"))))
            .listener("https"));
    private final Origin origin = new Origin();
    private final Gateway gateway = new Gateway(
            origin,
            Http2Limits.of(ClientLimits.DEFAULT),
            (gateway, pipeline) ->
                    Handshake.begin(pipeline, () -> tls, (to, _, name) -> gateway.speakHttp2(to, tls, name)));
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(Credulous.context()).build();

    TlsTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        client.close();
        gateway.close();
        origin.close();
    }

    @Test
    void bodiesGoBothWays() throws Exception {
        HttpResponse<String> answer = send(request("/").POST(BodyPublishers.ofByteArray(new byte[3_000_000])));
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).endsWith("body 3000000");
        HttpResponse<byte[]> large = client.send(request("/large").build(), BodyHandlers.ofByteArray());
        assertThat(large.body()).hasSize(Origin.LARGE);
    }

    @Test
    void aRequestForTheHostOfAnotherCertificateIsMisdirected() throws Exception {
        try (var raw = RawClient.greeting(agreedFor("localhost"))) {
            assertThat(raw.request(1, head("same.example.org")).status()).isEqualTo("200");
            assertThat(raw.request(3, head("other.example.org")).status()).isEqualTo("421");
            assertThat(raw.request(5, head("unknown.example.org")).status()).isEqualTo("421");
            assertThat(raw.request(7, head("localhost:443")).status()).isEqualTo("200");
        }
        assertThat(gateway.reasons).containsExactly("misdirected", "misdirected");
        assertThat(origin.heads).hasSize(2);
    }

    private Socket agreedFor(String serverName) throws IOException {
        var socket = (SSLSocket)
                Credulous.context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), gateway.port());
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String[] head(String authority) {
        return new String[] {":method", "GET", ":scheme", "https", ":authority", authority, ":path", "/"};
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static HostPattern exact(String name) {
        return new HostPattern(HostPattern.Kind.EXACT, name);
    }
}
