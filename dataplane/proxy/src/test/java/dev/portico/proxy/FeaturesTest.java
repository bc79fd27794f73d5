package dev.portico.proxy;

import static dev.portico.proxy.TestProxy.host;
import static dev.portico.proxy.TestProxy.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.proxy.TestProxy.Response;
import dev.portico.routetable.Filter;
import dev.portico.routetable.Forward;
import dev.portico.routetable.HeaderChange;
import dev.portico.routetable.HostPattern;
import dev.portico.routetable.PathModifier;
import dev.portico.routetable.RateLimit;
import dev.portico.routetable.Redirect;
import dev.portico.routetable.RequestHeaders;
import dev.portico.routetable.Respond;
import dev.portico.routetable.ResponseHeaders;
import dev.portico.routetable.UrlRewrite;
import dev.portico.routetable.VirtualHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each feature as a client and an endpoint see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class FeaturesTest {
    private TestProxy proxy;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        proxy = new TestProxy(directory);
    }

    @AfterAll
    void stop() throws Exception {
        proxy.close();
    }

    @Test
    void request_headers_are_removed_set_and_added_in_this_order() throws Exception {
        proxy.push(host("a.test", route("/", new RequestHeaders(change()))));
        String seen =
                proxy.get("a.test", "/", "X-Set: old", "X-Add: 1", "X-Gone: 1").body();
        assertThat(seen).contains("x-set: new\n", "x-add: 1\n", "x-add: 2\n").doesNotContain("x-gone", "old");
    }

    @Test
    void response_headers_are_changed_also_in_answers_of_our_own() throws Exception {
        var filter = new ResponseHeaders(
                new HeaderChange(List.of(new HeaderChange.Header("X-Frame", "DENY")), List.of(), List.of("X-Backend")));
        proxy.push(host("a.test", route("/", filter), route("/gone", new Respond(503, "test"), filter)));
        assertThat(proxy.get("a.test", "/").headers())
                .containsEntry("X-Frame", "DENY")
                .doesNotContainKey("X-Backend");
        Response own = proxy.get("a.test", "/gone");
        assertThat(own.status()).isEqualTo(503);
        assertThat(own.headers()).containsEntry("X-Frame", "DENY");
    }

    @Test
    void framing_and_hop_by_hop_headers_are_not_a_routes_to_change() throws Exception {
        var set = List.of(
                new HeaderChange.Header("Content-Length", "1"),
                new HeaderChange.Header("Transfer-Encoding", "chunked"),
                new HeaderChange.Header("Connection", "X-Frame"),
                new HeaderChange.Header("Host", "evil.test"));
        var change = new HeaderChange(set, set, List.of("Content-Length", "host"));
        proxy.push(host("a.test", route("/", new RequestHeaders(change), new ResponseHeaders(change))));
        Response response = proxy.get("a.test", "/");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).contains("host: a.test\n").doesNotContain("transfer-encoding", "evil");
    }

    @Test
    void a_path_is_rewritten_and_its_query_kept() throws Exception {
        var rewrite = new UrlRewrite("inner.test", new PathModifier.ReplacePrefixMatch("/v2"));
        proxy.push(host("a.test", route("/v1", rewrite)));
        assertThat(proxy.get("a.test", "/v1/x?q=1%202").body())
                .startsWith("GET /v2/x?q=1%202\n")
                .contains("host: inner.test\n");
        assertThat(proxy.get("a.test", "/v1").body()).startsWith("GET /v2\n");
        var whole = new UrlRewrite(null, new PathModifier.ReplaceFullPath("/all"));
        proxy.push(host("a.test", route("/", whole)));
        assertThat(proxy.get("a.test", "/x?y").body())
                .startsWith("GET /all?y\n")
                .contains("host: a.test\n");
        await().until(() -> proxy.accessLog().stream().anyMatch(line -> line.contains("\"path\":\"/v1/x\"")));
        assertThat(proxy.accessLog()).noneMatch(line -> line.contains("\"path\":\"/v2/x\""));
    }

    @Test
    void an_answer_whose_status_has_no_body_is_sent_without_one() throws Exception {
        proxy.push(host("a.test", route("/none", new Respond(204, "test")), route("/old", new Respond(304, "test"))));
        assertThat(proxy.get("a.test", "/none").status()).isEqualTo(204);
        assertThat(proxy.get("a.test", "/none").body()).isEmpty();
        assertThat(proxy.get("a.test", "/old").status()).isEqualTo(304);
    }

    @Test
    void a_redirect_names_scheme_host_port_and_path() throws Exception {
        proxy.push(host(
                "a.test",
                route("/all", new Redirect("https", "b.test", new PathModifier.ReplaceFullPath("/new"), 8443, 302)),
                route("/host", new Redirect(null, "b.test", null, null, 301)),
                route("/scheme", new Redirect("https", null, null, null, 308)),
                route("/own", new Redirect("http", null, null, 80, 302)),
                route("/prefix", new Redirect(null, null, new PathModifier.ReplacePrefixMatch("/"), 80, 302))));
        assertThat(location("/all/x?q=1", 302)).isEqualTo("https://b.test:8443/new?q=1");
        assertThat(location("/host/x", 301)).isEqualTo("http://b.test:" + proxy.port() + "/host/x");
        assertThat(location("/scheme", 308)).isEqualTo("https://a.test/scheme");
        assertThat(location("/own", 302)).isEqualTo("http://a.test/own");
        assertThat(location("/prefix/x", 302)).isEqualTo("http://a.test/x");
    }

    @Test
    void no_path_makes_a_redirect_leave_the_host() throws Exception {
        proxy.push(host(
                "a.test", route("/p", new Redirect(null, null, new PathModifier.ReplacePrefixMatch("/"), 80, 302))));
        for (String path : List.of("/p//evil.test/x", "/p/%2f/evil.test", "/p/\\evil.test", "/p/%0d%0aX:%20y")) {
            Response response = proxy.get("a.test", path);
            if (response.status() == 302) {
                assertThat(response.header("location"))
                        .startsWith("http://a.test/")
                        .doesNotContain("//evil");
                assertThat(response.headers()).doesNotContainKey("X");
            } else {
                assertThat(response.status()).isEqualTo(400);
            }
        }
    }

    @Test
    void plain_requests_are_sent_to_https_but_for_acme_challenges() throws Exception {
        proxy.push(new VirtualHost(
                new HostPattern(HostPattern.Kind.EXACT, "a.test"),
                List.of(new VirtualHost.Binding(TestProxy.LISTENER, new VirtualHost.HttpsRedirect(308, 8443))),
                List.of(route("/"))));
        assertThat(location("/x?y=1", 308)).isEqualTo("https://a.test:8443/x?y=1");
        assertThat(proxy.get("a.test", "/.well-known/acme-challenge/token").status())
                .isEqualTo(200);
    }

    @Test
    void a_limit_refuses_what_is_beyond_and_says_so() throws Exception {
        proxy.push(host("a.test", route("/", limit("ns/plan", RateLimit.Mode.ENFORCE, refusal()))));
        for (int i = 0; i < 2; i++) {
            Response passed = proxy.get("a.test", "/", "X-Device: one");
            assertThat(passed.status()).isEqualTo(200);
            assertThat(passed.header("ratelimit-policy")).isEqualTo("\"plan\";q=2;w=3600");
            assertThat(passed.header("ratelimit")).startsWith("\"plan\";r=" + (1 - i) + ";t=");
        }
        Response refused = proxy.get("a.test", "/", "X-Device: one");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).isEqualTo("{\"error\":\"slow down\"}");
        assertThat(refused.header("content-type")).isEqualTo("application/json");
        assertThat(Long.parseLong(String.valueOf(refused.header("retry-after"))))
                .isBetween(1790L, 1800L);
        assertThat(proxy.get("a.test", "/", "X-Device: two").status()).isEqualTo(200);
        assertThat(proxy.get("a.test", "/free", "X-Device: one").status()).isEqualTo(429);
    }

    @Test
    void the_state_of_a_limit_outlives_its_table() throws Exception {
        var filter = limit("ns/kept", RateLimit.Mode.ENFORCE, refusal());
        proxy.push(host("a.test", route("/", filter)));
        assertThat(proxy.get("a.test", "/").status()).isEqualTo(200);
        assertThat(proxy.get("a.test", "/").status()).isEqualTo(200);
        proxy.push(host("a.test", route("/", filter, new RequestHeaders(change()))));
        assertThat(proxy.get("a.test", "/").status()).isEqualTo(429);
    }

    @Test
    void a_shadow_limit_only_counts() throws Exception {
        proxy.push(host("a.test", route("/", limit("ns/shadow", RateLimit.Mode.SHADOW, refusal()))));
        for (int i = 0; i < 3; i++) {
            Response response = proxy.get("a.test", "/");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers()).doesNotContainKey("RateLimit");
        }
        assertThat(proxy.admin("/metrics").body())
                .contains("portico_rate_limited_total{limit=\"ns/shadow\",mode=\"shadow\"} 1\n");
    }

    @Test
    void only_requests_that_match_count_and_exempt_clients_pass() throws Exception {
        var bucket = new RateLimit.TokenBucket(1, Duration.ofHours(1), 1);
        var posts = new RateLimit(
                "ns/posts",
                List.of(new RateLimit.Condition(List.of("POST"), null, List.of())),
                List.of(),
                32,
                64,
                bucket,
                List.of(),
                RateLimit.Mode.ENFORCE,
                new RateLimit.Refusal(503, RateLimit.HeaderStyle.X_RATE_LIMIT, null, null));
        var exempt = new RateLimit(
                "ns/exempt",
                List.of(),
                List.of(),
                32,
                64,
                bucket,
                List.of("127.0.0.0/8"),
                RateLimit.Mode.ENFORCE,
                refusal());
        proxy.push(host("a.test", route("/", posts, exempt)));
        assertThat(post().status()).isEqualTo(200);
        Response refused = post();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers())
                .containsEntry("X-RateLimit-Limit", "1")
                .containsEntry("X-RateLimit-Remaining", "0");
        assertThat(proxy.get("a.test", "/").status()).isEqualTo(200);
        assertThat(proxy.get("a.test", "/").status()).isEqualTo(200);
    }

    @Test
    void weights_share_the_requests_out() throws Exception {
        var split = new Forward(List.of(new Forward.Target("echo", 9), new Forward.Target(null, 1)));
        proxy.push(host("a.test", route("/", split)));
        int served = 0;
        for (int i = 0; i < 400; i++) {
            served += proxy.get("a.test", "/").status() == 200 ? 1 : 0;
        }
        assertThat(served).isBetween(330, 390);
    }

    private Response post() {
        return TestProxy.request(proxy.port(), "POST", "a.test", "/", "Content-Length: 0");
    }

    private String location(String target, int status) {
        Response response = proxy.get("a.test", target);
        assertThat(response.status()).isEqualTo(status);
        return String.valueOf(response.header("location"));
    }

    private static HeaderChange change() {
        return new HeaderChange(
                List.of(new HeaderChange.Header("X-Set", "new")),
                List.of(new HeaderChange.Header("X-Add", "2")),
                List.of("x-gone"));
    }

    private static RateLimit.Refusal refusal() {
        return new RateLimit.Refusal(
                429, RateLimit.HeaderStyle.RATE_LIMIT, "{\"error\":\"slow down\"}", "application/json");
    }

    private static Filter limit(String id, RateLimit.Mode mode, RateLimit.Refusal refusal) {
        return new RateLimit(
                id,
                List.of(),
                List.of(
                        new RateLimit.KeyPart(RateLimit.KeyPart.Attribute.CLIENT_IP, null),
                        new RateLimit.KeyPart(RateLimit.KeyPart.Attribute.HEADER, "X-Device")),
                32,
                64,
                new RateLimit.TokenBucket(2, Duration.ofHours(1), 2),
                List.of(),
                mode,
                refusal);
    }
}
