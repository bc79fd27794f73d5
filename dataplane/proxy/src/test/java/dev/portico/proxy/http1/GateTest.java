package dev.portico.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.routetable.ClientTraffic;
import dev.portico.routetable.ClientTraffic.EscapedSlashes;
import dev.portico.routetable.ClientTraffic.ForwardingHeader;
import dev.portico.routetable.ClientTraffic.RequestId;
import dev.portico.routetable.ClientTraffic.ServerHeader;
import dev.portico.routetable.ClientTraffic.TrustedProxies;
import dev.portico.routetable.ClientTraffic.UnderscoreHeaders;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private final Origin origin = Origin.ok();
    private final Front front = new Front(origin);

    GateTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        front.close();
        origin.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost:\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a:0x1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: [g::1]\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\nHost: b b\r\n\r\n",
                "GET http://user@a/ HTTP/1.1\r\nHost: b\r\n\r\n",
                "GET http:///x HTTP/1.1\r\nHost: b\r\n\r\n",
            })
    void aRequestWithoutExactlyOneValidHostIsRefused(String request) throws IOException {
        assertRefused(request, 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // two framings
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 6\r\n\r\nhello",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\nhello",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\nhello",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
                // lines
                "GET / HTTP/1.1\r\nHost: a\r\nX-Folded: one\r\n two\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n\tX: y\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n",
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n: nameless\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
                "G@T / HTTP/1.1\r\nHost: a\r\n\r\n",
                // request lines with anything but one space between their parts
                "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /  HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
                " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n",
                "GET\r/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\13HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / http/1.1\r\nHost: a\r\n\r\n",
                // targets
                "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET a.example/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
            })
    void whatTwoReadersCouldReadInTwoWaysIsRefused(String request) throws IOException {
        assertRefused(request, 400);
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT a:443 HTTP/1.1, 501",
        "GET / HTTP/1.2, 505",
        "GET / HTTP/2.0, 505",
    })
    void whatIsNotSpokenHereIsRefused(String line, int status) throws IOException {
        assertRefused(line + "\r\nHost: a\r\n\r\n", status);
    }

    @Test
    void whatIsTooLargeIsRefused() throws IOException {
        assertRefused("GET /" + "a".repeat(17_000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414);
        assertRefused("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(70_000) + "\r\n\r\n", 431);
        assertRefused("GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(100) + "\r\n", 431);
    }

    private void assertRefused(String request, int status) throws IOException {
        try (RawClient client = front.client()) {
            String all = client.send(request).toEnd();
            assertThat(all).startsWith("HTTP/1.1 " + status + " ").containsIgnoringCase("connection: close");
            assertThat(all.split("HTTP/1.1 ", -1)).as("one answer and no more").hasSize(2);
        }
        assertThat(origin.heads).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, /a/b",
        "/a/./b, /a/b",
        "/a/../b, /b",
        "/a/b/.., /a/",
        "/%61%2e%7E, /a.~",
        "/a/%2e%2E/b, /b",
        "/a%3ab%c3%a4, /a%3Ab%C3%A4",
        "/a//b, /a//b",
        "/a;x=1/b, /a;x=1/b",
        "/%252e%252e/x, /%252e%252e/x",
        "/a?b=../c, /a?b=../c",
        "http://a/x?y, /x?y",
        "http://a, /",
        "http://a?q, /?q",
    })
    void aPathIsForwardedInItsOneForm(String asked, String forwarded) throws IOException {
        assertThat(front.ask("GET " + asked + " HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(origin.heads.getFirst()).startsWith("GET " + forwarded + " HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a#b",
                "/..",
                "/../x",
                "/a/../../x",
                "/%2e%2e/x",
                "/a/..;/x",
                "/a/..;v=1/x",
                "/a/.;/x",
                "/a/;../x",
                "/a%2fb",
                "/a%2Fb",
                "/a%5cb",
                "/a\\b",
                "/%",
                "/%2",
                "/%zz",
                "/%00",
                "/%0d%0aX:y",
                "/%7f",
                "/a/%2e%2e%2fx",
            })
    void aPathThatEndpointsCouldReadOtherwiseIsRefused(String path) throws IOException {
        assertThat(front.ask("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(origin.heads).isEmpty();
    }

    @Test
    void escapedSlashesAreKeptOrUnescapedWhereTheListenerSaysSo() throws IOException {
        try (Front keeps = new Front(traffic(EscapedSlashes.KEEP, UnderscoreHeaders.DROP, null), origin);
                Front unescapes = new Front(traffic(EscapedSlashes.UNESCAPE, UnderscoreHeaders.DROP, null), origin)) {
            keeps.ask("GET /a%2fb%5cc HTTP/1.1\r\nHost: a\r\n\r\n");
            unescapes.ask("GET /a/%2e%2e%2fb%5cc HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(keeps.ask("GET /a/..%2fb HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 400");
        }
        assertThat(origin.heads)
                .extracting(head -> head.substring(0, head.indexOf(" HTTP")))
                .containsExactly("GET /a%2Fb%5Cc", "GET /b/c");
    }

    @Test
    void theHostOfAnAbsoluteTargetGoesBeforeTheHeader() throws IOException {
        front.ask("GET http://Shop.Example.:81/x HTTP/1.1\r\nHost: other\r\n\r\n");
        assertThat(header("host")).isEqualTo("shop.example:81");
    }

    @Test
    void whatConcernsOneConnectionStaysOnIt() throws IOException {
        front.ask(request(
                "GET / HTTP/1.1",
                "Host: a",
                "Connection: X-Mine, close, Host",
                "X-Mine: 1",
                "Keep-Alive: 5",
                "Proxy-Connection: x",
                "Proxy-Authorization: y",
                "TE: gzip",
                "X-Other: 2"));
        assertThat(names())
                .contains("host", "x-other")
                .doesNotContain("connection", "x-mine", "keep-alive", "proxy-connection", "proxy-authorization", "te");
    }

    @Test
    void noNominationTakesAwayWhatIsSaidOfTheClient() throws IOException {
        front.ask(request(
                "GET / HTTP/1.1",
                "Host: a",
                "Connection: X-Real-IP, X-Forwarded-For, X-Request-ID",
                "X-Real-IP: 6.6.6.6",
                "X-Forwarded-For: 6.6.6.6"));
        assertThat(header("x-real-ip")).isEqualTo("127.0.0.1");
        assertThat(header("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(header("x-request-id")).hasSize(32);
    }

    @Test
    void nobodyIsBelievedWhereNobodyIsTrusted() throws IOException {
        front.ask(request(
                "GET / HTTP/1.1",
                "Host: shop",
                "X-Forwarded-For: 6.6.6.6",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: evil",
                "X-Forwarded-Prefix: /x",
                "X-Forwarded-Client-Cert: y",
                "X-Original-URL: /admin",
                "X-Rewrite-URL: /admin",
                "Forwarded: for=6.6.6.6",
                "X_Real_IP: 6.6.6.6",
                "X-Real-IP: 6.6.6.6",
                "X-Forwarded_For: 6.6.6.6"));
        assertThat(origin.heads.getFirst()).doesNotContain("6.6.6.6", "evil", "/admin", "/x", "https");
        assertThat(header("x-forwarded-host")).isEqualTo("shop");
        assertThat(header("x-forwarded-proto")).isEqualTo("http");
        assertThat(header("forwarded")).isEqualTo("for=127.0.0.1;host=\"shop\";proto=http");
    }

    @Test
    void aTrustedPeerNamesTheClient() throws IOException {
        var trusted = new TrustedProxies(List.of("127.0.0.0/8", "10.0.0.0/8"), ForwardingHeader.X_FORWARDED_FOR);
        try (Front behind = new Front(traffic(EscapedSlashes.REJECT, UnderscoreHeaders.DROP, trusted), origin)) {
            behind.ask(request(
                    "GET / HTTP/1.1",
                    "Host: a",
                    "Connection: X-Forwarded-For",
                    "X-Forwarded-For: 6.6.6.6, 192.0.2.7, 10.1.1.1",
                    "X-Forwarded-Proto: https"));
        }
        assertThat(header("x-real-ip")).isEqualTo("192.0.2.7");
        assertThat(header("x-forwarded-for")).isEqualTo("6.6.6.6, 192.0.2.7, 10.1.1.1, 127.0.0.1");
        assertThat(header("x-forwarded-proto")).isEqualTo("https");
    }

    @Test
    void namesWithUnderscoresAreDroppedRefusedOrAllowed() throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: a\r\nX_User: root\r\n\r\n";
        try (Front rejects = new Front(traffic(EscapedSlashes.REJECT, UnderscoreHeaders.REJECT, null), origin);
                Front allows = new Front(traffic(EscapedSlashes.REJECT, UnderscoreHeaders.ALLOW, null), origin)) {
            assertThat(rejects.ask(request)).startsWith("HTTP/1.1 400 ");
            front.ask(request);
            assertThat(names()).doesNotContain("x_user");
            origin.heads.clear();
            allows.ask(request);
            assertThat(header("x_user")).isEqualTo("root");
        }
    }

    @Test
    void anUpgradeIsNeverPassedOn() throws IOException {
        String answer = front.ask(request(
                "GET / HTTP/1.1",
                "Host: a",
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAAP__"));
        assertThat(answer).startsWith("HTTP/1.1 200 ");
        assertThat(names()).doesNotContain("upgrade", "http2-settings", "connection");
    }

    @Test
    void onlyOneExpectationIsUnderstood() throws IOException {
        assertRefused("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: y 100-continue\r\n\r\n", 417);
    }

    private static String request(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private String header(String name) {
        return origin.heads
                .getFirst()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    private List<String> names() {
        return origin.heads
                .getFirst()
                .lines()
                .skip(1)
                .filter(line -> line.contains(":"))
                .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
                .toList();
    }

    private static ClientTraffic traffic(
            EscapedSlashes slashes, UnderscoreHeaders underscores, @Nullable TrustedProxies trusted) {
        return new ClientTraffic(trusted, ServerHeader.REMOVE, RequestId.DEFAULT, slashes, underscores, null);
    }

    @Test
    void headersOfAnOldHandshakeDoNotMoveTheEndOfARequest() throws IOException {
        try (RawClient client = front.client()) {
            client.send("GET /first HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n\r\n")
                    .send("GET /second HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.response()).startsWith("HTTP/1.1 200");
            assertThat(client.response()).startsWith("HTTP/1.1 200");
        }
        assertThat(origin.heads).extracting(head -> head.split(" ", -1)[1]).containsExactly("/first", "/second");
    }

    @Test
    void trailersThatMeanSomethingElsewhereReachNobody() throws IOException {
        String trailers = String.join(
                "\r\n",
                "X-Forwarded-For: 192.0.2.1",
                "X_Real_IP: 192.0.2.1",
                "Host: evil",
                "Connection: x",
                "Authorization: Bearer x",
                "X-Sum: 5");
        var bodies = new CopyOnWriteArrayList<String>();
        try (Origin echo = new Origin((self, socket) -> {
                    bodies.add(Origin.body(self.head(socket), socket.getInputStream()));
                    Origin.answer(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
                    Origin.answer(socket, "Connection: x\r\nSet-Cookie: a=b\r\nX-Sum: 5\r\n\r\n");
                });
                Front before = new Front(echo);
                RawClient client = before.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n");
            client.send(trailers + "\r\n\r\n");
            assertThat(client.response()).endsWith("\r\n\r\n0\r\nX-Sum: 5\r\n\r\n");
            assertThat(bodies).containsExactly("1\r\nx\r\n0\r\nX-Sum: 5\r\n\r\n");
        }
    }
}
