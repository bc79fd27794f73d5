package dev.portico.operator.console;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.compile.Compiled;
import dev.portico.operator.compile.SomeTables;
import dev.portico.operator.identity.Authority;
import dev.portico.operator.identity.Identities;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.GatewayReport;
import dev.portico.operator.model.GatewayReport.ListenerReport;
import dev.portico.operator.model.IngressReport;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.Problem;
import dev.portico.operator.push.LinkState;
import dev.portico.operator.push.Replica;
import dev.portico.operator.push.StubPod;
import dev.portico.routetable.Forward;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.Match;
import dev.portico.routetable.PathMatch;
import dev.portico.routetable.Route;
import dev.portico.routetable.Timeouts;
import dev.portico.routetable.VirtualHost;
import dev.portico.wire.Answer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
    private static final ObjectRef EDGE = ObjectRef.gateway("shop", "edge");
    private static final String LISTED = "/pods/uid-0/metrics";

    private final Vertx vertx = Vertx.vertx();
    private final Authority authority = Authority.create(Instant.now());
    private final Identities identities = new Identities(now -> authority, InstantSource.system());
    private final StubPod pod = pod("edge");
    private volatile Standing standing = standing(Set.of());
    private final PodPages pages = new PodPages(vertx, identities, () -> standing, Duration.ofSeconds(2));
    private final Console console = Console.start(vertx, "127.0.0.1", 0, () -> standing, pages);

    @AfterEach
    void close() {
        console.close();
        pod.close();
        vertx.close().await();
    }

    @Test
    void gatewaysReplicasAndProblemsAreOnTheFirstPage() throws IOException {
        standing = standing(Set.of(new Problem(ObjectRef.ingress("shop", "web"), "spec.rules[0]", "Invalid", "no")));
        assertThat(get("/"))
                .startsWith("HTTP/1.1 200")
                .contains("Leads in term 3.", "<a href=\"/gateways/shop/edge\">shop/edge</a>", "version 8", "0 of 1")
                .contains("pod-0", "127.0.0.1:" + pod.port(), "version 7", "a newer table is on its way", LISTED)
                .contains("Ingress/shop/web</td><td>spec.rules[0]</td><td>Invalid</td><td>no");
    }

    @Test
    void aGatewayHasAPageWithItsListenersAndRoutes() throws IOException {
        assertThat(get("/gateways/shop/edge"))
                .startsWith("HTTP/1.1 200")
                .contains("listener http</td><td>Accepted</td><td class=\"trouble\">False</td><td>PortUnavailable")
                .contains("http-80</td><td>1</td><td class=\"trouble\">0 of 1; pod-0: taken")
                .contains("a.example.org</td><td>GET prefix /cart</td><td>90 × shop/cart:80, 10 × none: 500")
                .contains("Ingress/shop/web");
        assertThat(get("/gateways/shop/another")).startsWith("HTTP/1.1 404");
    }

    @Test
    void whatUsersWroteIsTextAndNeverATag() throws IOException {
        var evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&\u202E\r\n";
        var ref = ObjectRef.gateway("shop", evil);
        var report = report(ref);
        standing = new Standing(
                Instant.EPOCH,
                OptionalLong.empty(),
                new Compiled(Map.of(), Map.of(ref, report), Map.of(), Map.of(), List.of()),
                Map.of(),
                List.of(new LinkState(new Replica(evil, evil, evil, evil, 1, true), 0, null, null, null)),
                Set.of(new Problem(ref, evil, evil, evil)));
        assertThat(body("/"))
                .doesNotContain("<script", "<img", "\u202E", "\"'")
                .contains(
                        "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;&lt;img src=x onerror=alert(1)&gt;&amp;");
        assertThat(body(GatewayPage.path(ref))).contains("&lt;script&gt;").doesNotContain("<script", "<img");
    }

    @Test
    void aPageIsBoundedAndSaysWhatItLacks() throws IOException {
        standing = standing(IntStream.range(0, 1_000)
                .mapToObj(i -> new Problem(ObjectRef.ingress("shop", "web-" + i), "spec", "Invalid", "x".repeat(1_000)))
                .collect(toSet()));
        assertThat(body("/"))
                .contains("800 more are not shown.", "x".repeat(400) + " … (1000 characters)")
                .doesNotContain("x".repeat(401))
                .hasSizeLessThan(200_000);
    }

    @Test
    void onlyNamesOfLoopbackAreAnswered() throws IOException {
        for (String host : List.of("localhost", "127.0.0.1", "localhost:8443", "[::1]:9081", "127.0.0.2")) {
            assertThat(ask("GET", "/", host)).as(host).startsWith("HTTP/1.1 200");
        }
        for (String host : List.of("example.org", "127.0.0.1.example.org", "localhost.example.org", "10.0.0.1", "")) {
            for (String path : List.of("/", LISTED, "/style.css")) {
                assertThat(ask("GET", path, host)).as(host).matches("(?s)HTTP/1.1 4(21|00) .*");
            }
        }
    }

    @Test
    void whereItIsToldToBeReachedByOthersItAnswersToEveryName() throws IOException {
        try (var open = Console.start(vertx, "0.0.0.0", 0, () -> standing, pages)) {
            assertThat(ask(open.port(), "GET", "/", "portico.example.org")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void itIsReadAndNotWritten() throws IOException {
        for (String path : List.of("/", "/gateways/shop/edge", LISTED)) {
            for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "CONNECT")) {
                assertThat(ask(method, path, "localhost"))
                        .startsWith("HTTP/1.1 4")
                        .doesNotContain("edge");
            }
        }
        assertThat(ask("HEAD", "/", "localhost")).startsWith("HTTP/1.1 200").doesNotContain("<h1>");
        assertThat(pod.pushes()).isEmpty();
    }

    @Test
    void everyAnswerForbidsScriptsFramesAndGuesses() throws IOException {
        pod.page("/metrics", "up 1");
        for (String path :
                List.of("/", "/style.css", "/absent", "/gateways/shop/edge", LISTED, "/pods/other/metrics")) {
            assertThat(get(path))
                    .contains("content-security-policy: default-src 'none'; style-src 'self';")
                    .contains("x-frame-options: DENY", "x-content-type-options: nosniff", "cache-control: no-store");
        }
    }

    @Test
    void aPodsPageComesAsTextAndNothingOfTheBrowserGoesThere() throws IOException {
        pod.page("/metrics", "<script>alert(1)</script>");
        assertThat(ask(
                        console.port(),
                        "GET",
                        LISTED + "?a=b",
                        "localhost",
                        "Cookie: mine=1\r\nAuthorization: Basic eA\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("content-type: text/plain; charset=utf-8", "nosniff", "<script>alert(1)</script>")
                .doesNotContainIgnoringCase("text/html", "set-cookie");
        assertThat(pod.asked().names()).doesNotContain("cookie", "authorization", "x-forwarded-for");
    }

    @Test
    void onlyPagesOfKnownReplicasAreReached() throws IOException {
        pod.page("/metrics", "reached");
        pod.page("/v1/state", "reached");
        var self = "127.0.0.1:" + pod.port();
        for (String path : List.of(
                "/pods/uid-1/metrics",
                "/pods/pod-0/metrics",
                "/pods/" + self + "/metrics",
                "/pods/uid-0/v1/state",
                "/pods/uid-0/metrics/../v1/state",
                "/pods/uid-0/%2e%2e/v1/state",
                "/pods/uid-0/debug")) {
            assertThat(get(path)).as(path).startsWith("HTTP/1.1 404").doesNotContain("reached");
        }
    }

    @Test
    void aPodThatCannotProveItsDataPlaneIsNotReached() throws IOException {
        var stranger = pod("other");
        try (stranger) {
            stranger.page("/metrics", "stolen");
            standing = standing(Set.of(), stranger.port());
            assertThat(get(LISTED))
                    .startsWith("HTTP/1.1 502")
                    .contains("the pod was not reached")
                    .doesNotContain("stolen");
        }
    }

    @Test
    void aPodThatSaysNothingIsGivenUp() throws IOException {
        pod.page("/metrics", "up 1");
        pod.stick();
        assertThat(get(LISTED)).matches("(?s)HTTP/1.1 50[24] .*");
        pod.loosen();
        assertThat(get(LISTED)).startsWith("HTTP/1.1 200");
    }

    private Standing standing(Set<Problem> problems) {
        return standing(problems, pod.port());
    }

    private static Standing standing(Set<Problem> problems, int port) {
        var replica = new Replica("uid-0", "pod-0", "edge", "127.0.0.1", port, true);
        var ack = new Answer.Ack(7, 3, "", List.of(), List.of(new Answer.Outcome("http-80", "taken")), List.of());
        var web = ObjectRef.ingress("shop", "web");
        var match = new Match(new PathMatch(PathMatch.Kind.PREFIX, "/cart"), "GET", List.of(), List.of(), List.of());
        var action = new Forward(List.of(new Forward.Target("shop/cart:80", 90), new Forward.Target(null, 10)));
        var host = new VirtualHost(
                new HostPattern(HostPattern.Kind.EXACT, "a.example.org"),
                List.of(new VirtualHost.Binding("http-80", null)),
                List.of(new Route("Ingress/shop/web", match, List.of(), action, Timeouts.DEFAULT)));
        var compiled = new Compiled(
                Map.of("edge", SomeTables.of(host)),
                Map.of(EDGE, report(EDGE)),
                Map.of(),
                Map.of(web, new IngressReport(new Origin(web, 1), EDGE, "edge")),
                List.of());
        return new Standing(
                Instant.EPOCH,
                OptionalLong.of(3),
                compiled,
                Map.of("edge", 8L),
                List.of(new LinkState(replica, 7, ack, null, null)),
                problems);
    }

    private static GatewayReport report(ObjectRef ref) {
        return new GatewayReport(
                new Origin(ref, 1),
                "edge",
                List.of(Condition.yes(Condition.ACCEPTED, 1), Condition.yes(Condition.RESOLVED_REFS, 1)),
                List.of(new ListenerReport(
                        "http",
                        "http-80",
                        1,
                        List.of(Condition.no(Condition.ACCEPTED, "PortUnavailable", "in use", 1)))),
                List.of());
    }

    private StubPod pod(String dataPlane) {
        return StubPod.start(vertx, authority.dataPlane(dataPlane, Instant.now()), dataPlane);
    }

    private String get(String path) throws IOException {
        return ask("GET", path, "localhost");
    }

    private String body(String path) throws IOException {
        var answer = get(path);
        return answer.substring(answer.indexOf("\r\n\r\n"));
    }

    private String ask(String method, String path, String host) throws IOException {
        return ask(console.port(), method, path, host);
    }

    private static String ask(int port, String method, String path, String host) throws IOException {
        return ask(port, method, path, host, "");
    }

    private static String ask(int port, String method, String path, String host, String headers) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            var request =
                    method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
