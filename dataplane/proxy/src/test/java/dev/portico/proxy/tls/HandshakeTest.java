package dev.portico.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portico.routetable.Certificate;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HostPattern.Kind;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HandshakeTest {
    private static final Issued SHOP = Issued.by("EC", "shop.example.org");
    private static final Issued BANK = Issued.by("RSA", "bank.example.org");
    private static final Certificate SHOP_CERTIFICATE = SHOP.certificate("shop", exact("shop.example.org"));
    private static final Certificate BANK_CERTIFICATE = BANK.certificate("bank", exact("bank.example.org"));

    @Test
    void theServerNameChoosesTheCertificate() throws Exception {
        try (var server = TlsServer.both()) {
            server.load(SHOP_CERTIFICATE, BANK_CERTIFICATE);
            try (var shop = server.connect().naming("shop.example.org").open();
                    var bank = server.connect().naming("BANK.example.org").open()) {
                assertThat(shop.shown()).isEqualTo("CN=shop.example.org");
                assertThat(shop.line()).isEqualTo("HTTP1 shop.example.org");
                assertThat(bank.shown()).isEqualTo("CN=bank.example.org");
            }
        }
    }

    @Test
    void aNameNobodyAnswersIsRefusedAndShownNoCertificate() {
        try (var server = TlsServer.both()) {
            server.load(SHOP_CERTIFICATE);
            assertThatThrownBy(() -> server.connect().naming("evil.example.org").open())
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("unrecognized_name");
        }
    }

    @Test
    void aClientWithoutAServerNameReachesOnlyACertificateForEveryName() throws Exception {
        try (var server = TlsServer.both()) {
            server.load(SHOP_CERTIFICATE);
            assertThatThrownBy(() -> server.connect().open()).hasMessageContaining("unrecognized_name");
            server.load(SHOP_CERTIFICATE, BANK.certificate("any", HostPattern.ANY));
            try (var unnamed = server.connect().open();
                    var shop = server.connect().naming("shop.example.org").open()) {
                assertThat(unnamed.shown()).isEqualTo("CN=bank.example.org");
                assertThat(unnamed.line()).isEqualTo("HTTP1 null");
                assertThat(shop.shown()).isEqualTo("CN=shop.example.org");
            }
        }
    }

    @Test
    void aWildcardOfOneLabelAnswersOneLabel() throws Exception {
        try (var server = TlsServer.both()) {
            server.load(SHOP.certificate("wild", new HostPattern(Kind.ONE_LABEL, "example.org")));
            try (var one = server.connect().naming("a.example.org").open()) {
                assertThat(one.shown()).isEqualTo("CN=shop.example.org");
            }
            assertThatThrownBy(() -> server.connect().naming("a.b.example.org").open())
                    .hasMessageContaining("unrecognized_name");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void keysOfAllKindsServeInBothVersionsOfTlsByBothEngines(String algorithm) throws Exception {
        Certificate certificate = Issued.by(algorithm, "a.example.org").certificate("a", exact("a.example.org"));
        for (Engine engine : List.of(Engine.best(), Engine.jdk())) {
            try (var server = new TlsServer(engine, List.of(HttpVersion.HTTP1), Tls.MinVersion.TLS_1_2)) {
                assertThat(server.load(certificate).problems()).isEmpty();
                for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                    try (var client =
                            server.connect().naming("a.example.org").by(version).open()) {
                        assertThat(client.shown()).isEqualTo("CN=a.example.org");
                        assertThat(client.socket().getSession().getProtocol()).isEqualTo(version);
                        assertThat(client.line()).isEqualTo("HTTP1 a.example.org");
                    }
                }
            }
        }
    }

    @Test
    void aClientBelowTheListenersVersionIsRefused() {
        try (var server = new TlsServer(Engine.best(), List.of(HttpVersion.HTTP1), Tls.MinVersion.TLS_1_3)) {
            server.load(SHOP_CERTIFICATE);
            assertThatThrownBy(() -> server.connect()
                            .naming("shop.example.org")
                            .by("TLSv1.2")
                            .open())
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void theProtocolIsTheBestThatBothSpeak() throws Exception {
        try (var server = TlsServer.both()) {
            server.load(SHOP_CERTIFICATE);
            try (var client = server.connect()
                    .naming("shop.example.org")
                    .offering("http/1.1", "h2")
                    .open()) {
                assertThat(client.socket().getApplicationProtocol()).isEqualTo("h2");
                assertThat(client.line()).isEqualTo("HTTP2 shop.example.org");
            }
        }
    }

    @Test
    void aListenerOfHttp2AloneClosesAClientWithoutIt() throws Exception {
        try (var server = new TlsServer(Engine.best(), List.of(HttpVersion.HTTP2), Tls.MinVersion.TLS_1_2)) {
            server.load(SHOP_CERTIFICATE);
            try (var client = server.connect().naming("shop.example.org").open()) {
                assertThat(client.socket().getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void aRotatedCertificateIsShownToNewConnectionsAndOpenOnesGoOn() throws Exception {
        try (var server = TlsServer.both()) {
            server.load(SHOP_CERTIFICATE);
            try (var before = server.connect().naming("shop.example.org").open()) {
                before.line();
                server.load(Issued.by("Ed25519", "rotated.example.org").certificate("shop", exact("shop.example.org")));
                try (var after = server.connect().naming("shop.example.org").open()) {
                    assertThat(after.shown()).isEqualTo("CN=rotated.example.org");
                }
                server.load();
                assertThatThrownBy(() ->
                                server.connect().naming("shop.example.org").open())
                        .hasMessageContaining("unrecognized_name");
                assertThat(before.echo("still here")).isEqualTo("still here");
            }
        }
    }

    @Test
    void whoSpeaksNoTlsIsClosed() throws IOException {
        try (var server = TlsServer.both()) {
            server.load(SHOP.certificate("any", HostPattern.ANY));
            try (var socket = new Socket(
                    InetAddress.getLoopbackAddress(), server.connect().port())) {
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void aClientHelloInManyRecordsAndSegmentsReachesItsOwnCertificate(int size) throws Exception {
        for (Engine engine : List.of(Engine.best(), Engine.jdk())) {
            try (var server = new TlsServer(engine, List.of(HttpVersion.HTTP1), Tls.MinVersion.TLS_1_2)) {
                server.load(SHOP_CERTIFICATE, BANK.certificate("any", HostPattern.ANY));
                for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                    try (var client = server.connect()
                            .naming("shop.example.org")
                            .by(version)
                            .inRecordsOf(size)
                            .open()) {
                        assertThat(client.shown()).isEqualTo("CN=shop.example.org");
                        assertThat(client.line()).isEqualTo("HTTP1 shop.example.org");
                    }
                }
            }
        }
    }

    @Test
    void aClientHelloBeyondSixteenKibibytesIsCutOff() throws IOException {
        try (var server = TlsServer.both()) {
            server.load(SHOP.certificate("any", HostPattern.ANY));
            try (var socket = new Socket(
                    InetAddress.getLoopbackAddress(), server.connect().port())) {
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write(new byte[] {22, 3, 1, 0, 4, 1, 0, 0x40, 1});
                assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(16);
            }
        }
    }

    private static HostPattern exact(String name) {
        return new HostPattern(Kind.EXACT, name);
    }
}
