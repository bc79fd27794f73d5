package dev.portico.proxy;

import static dev.portico.proxy.TestProxy.host;
import static dev.portico.proxy.TestProxy.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.routetable.HostPattern;
import dev.portico.routetable.HttpListener;
import dev.portico.routetable.Respond;
import dev.portico.routetable.VirtualHost;
import dev.portico.wire.Answer.Ack;
import dev.portico.wire.Answer.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a data plane: ready, swapped, restarted, drained; and what it tells of itself. */
@SuppressWarnings("NullAway.Init")
class ProcessTest {
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    @TempDir
    Path directory;

    private TestProxy proxy;

    @BeforeEach
    void start() throws Exception {
        proxy = new TestProxy(directory);
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
    }

    @Test
    void it_is_ready_when_a_table_is_loaded() throws Exception {
        assertThat(proxy.admin("/livez").status()).isEqualTo(200);
        assertThat(proxy.admin("/readyz").status()).isEqualTo(503);
        proxy.push(host("a.test", route("/")));
        assertThat(proxy.admin("/readyz").status()).isEqualTo(200);
        assertThat(proxy.admin("/debug/snapshot").status()).isEqualTo(404);
        assertThat(TestProxy.request(proxy.port(), "GET", "a.test", "/").status())
                .isEqualTo(200);
    }

    @Test
    void a_restart_without_operator_serves_the_last_table() throws Exception {
        proxy.push(host("a.test", route("/", new Respond(201, "test"))));
        assertThat(proxy.get("a.test", "/").status()).isEqualTo(201);
        proxy.proxy().drain();
        long start = System.nanoTime();
        proxy.start();
        assertThat(proxy.get("a.test", "/").status()).isEqualTo(201);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(proxy.admin("/readyz").status()).isEqualTo(200);
    }

    @Test
    void a_port_that_is_taken_costs_only_its_listener() throws Exception {
        HttpListener good = proxy.listener();
        var taken = new HttpListener(
                "taken", proxy.backendEndpoint().port(), good.versions(), null, good.clientTraffic(), good.accessLog());
        Ack ack = (Ack) proxy.pushAll(List.of(good, taken, host("a.test", route("/", new Respond(200, "test")))));
        assertThat(ack.listeners()).anySatisfy(outcome -> {
            assertThat(outcome.id()).isEqualTo("taken");
            assertThat(outcome.problem()).contains(String.valueOf(taken.port()));
        });
        assertThat(ack.listeners()).anySatisfy(outcome -> {
            assertThat(outcome.id()).isEqualTo(TestProxy.LISTENER);
            assertThat(outcome.problem()).isNull();
        });
        assertThat(proxy.get("a.test", "/").status()).isEqualTo(200);
    }

    @Test
    void a_port_that_becomes_free_is_bound_without_another_push() throws Exception {
        HttpListener late;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            late = listener("late", taken.getLocalPort());
            proxy.pushAll(List.of(late, shared(late)));
            assertThat(problems()).isNotEmpty();
            assertThat(proxy.admin("/readyz").body()).contains("no listener is bound");
        }
        await().until(() -> problems().isEmpty());
        assertThat(TestProxy.request(late.port(), "GET", "a.test", "/").status())
                .isEqualTo(200);
        assertThat(proxy.admin("/readyz").status()).isEqualTo(200);
    }

    private List<String> problems() {
        return ((Ack) proxy.proxy().state())
                .listeners().stream()
                        .map(Outcome::problem)
                        .filter(Objects::nonNull)
                        .toList();
    }

    private HttpListener listener(String id, int port) {
        HttpListener like = proxy.listener();
        return new HttpListener(id, port, like.versions(), null, like.clientTraffic(), like.accessLog());
    }

    private static VirtualHost shared(HttpListener... listeners) {
        return new VirtualHost(
                HostPattern.ANY,
                Stream.of(listeners)
                        .map(listener -> new VirtualHost.Binding(listener.id(), null))
                        .toList(),
                List.of(route("/", new Respond(200, "test"))));
    }

    @Test
    void tables_are_swapped_under_traffic_without_a_wrong_answer() throws Exception {
        proxy.push(host("a.test", route("/")));
        var done = new AtomicBoolean();
        var clients = new ArrayList<CompletableFuture<List<Integer>>>();
        for (int i = 0; i < 4; i++) {
            clients.add(CompletableFuture.supplyAsync(
                    () -> {
                        var wrong = new ArrayList<Integer>();
                        while (!done.get()) {
                            int status = proxy.get("a.test", "/").status();
                            if (status != 200) {
                                wrong.add(status);
                            }
                        }
                        return wrong;
                    },
                    THREADS));
        }
        for (int i = 0; i < 100; i++) {
            proxy.push(host("a.test", route("/"), route("/r" + i)), host("b" + i + ".test", route("/")));
        }
        done.set(true);
        for (CompletableFuture<List<Integer>> client : clients) {
            assertThat(client.get()).isEmpty();
        }
    }

    @Test
    void a_drain_ends_what_is_in_flight_well_and_is_not_ready_at_once() throws Exception {
        proxy.push(host("a.test", route("/")));
        var slow = CompletableFuture.supplyAsync(() -> proxy.get("a.test", "/slow"), THREADS);
        await().until(() -> proxy.admin("/metrics").body().contains("portico_upstream_leases 1"));
        var drained = new AtomicBoolean();
        var drain = CompletableFuture.runAsync(
                () -> {
                    try {
                        proxy.proxy().drain();
                        drained.set(true);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                THREADS);
        await().until(() -> proxy.admin("/readyz").status() == 503);
        assertThat(drained).isFalse();
        proxy.answerSlow();
        assertThat(slow.get().status()).isEqualTo(200);
        drain.get();
        proxy.start();
    }

    @Test
    void requests_are_counted_and_logged_without_secrets() throws Exception {
        proxy.push(host("a.test", route("/"), route("/own", new Respond(503, "no_such_thing"))));
        proxy.get("a.test", "/x?token=hidden", "Authorization: Bearer hidden", "Cookie: c=hidden", "User-Agent: \"x\"");
        proxy.get("a.test", "/own");
        proxy.get("other.test", "/");
        await().until(() -> proxy.accessLog().size() == 3);
        List<String> log = proxy.accessLog();
        assertThat(log.get(0))
                .startsWith("{\"time\":\"")
                .endsWith("}")
                .contains("\"host\":\"a.test\"", "\"path\":\"/x\"", "\"status\":200", "\"user_agent\":\"\\\"x\\\"\"")
                .contains("\"route\":\"test/\"", "\"upstream\":\"echo\"", "\"attempts\":1", "\"upstream_ms\":")
                .doesNotContain("hidden", "reason");
        assertThat(log.get(1)).contains("\"status\":503", "\"reason\":\"no_such_thing\"");
        assertThat(log.get(2)).contains("\"status\":404", "\"reason\":\"no_host\"");
        String metrics = proxy.admin("/metrics").body();
        assertThat(metrics)
                .contains("portico_requests_total{listener=\"http\",class=\"2xx\"} 1\n")
                .contains("portico_route_requests_total{route=\"test/own\",class=\"5xx\"} 1\n")
                .contains("portico_own_answers_total{reason=\"no_host\"} 1\n")
                .contains("portico_request_duration_seconds_count{listener=\"http\"} 3\n")
                .contains("portico_upstream_endpoints{upstream=\"echo\"} 1\n")
                .contains("portico_table_version 1\n")
                .contains("portico_pushes_total{answer=\"ack\"} 1\n");
        await().until(() -> proxy.admin("/metrics").body().contains("portico_upstream_leases 0\n"));
    }
}
