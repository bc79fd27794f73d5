package dev.portico.operator.watch;

import static dev.portico.operator.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.TlsSecret;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ends watches of real API servers: told by a server that lists and watches namespaces as the test says. */
final class ReflectorTest {
    private final Vertx vertx = Vertx.vertx();
    private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
    private final List<ServerWebSocket> watches = new CopyOnWriteArrayList<>();
    private final AtomicInteger lists = new AtomicInteger();
    private volatile String items = namespace("one", 10);
    private final HttpServer server = vertx.createHttpServer()
            .webSocketHandler(watches::add)
            .webSocketHandshakeHandler(handshake -> {
                var refusal = refusals.poll();
                var decided = refusal == null ? handshake.accept().mapEmpty() : handshake.reject(refusal);
                decided.onFailure(Throwable::printStackTrace);
            })
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .await();
    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder()
                    .withMasterUrl("http://127.0.0.1:" + server.actualPort())
                    .withWatchReconnectLimit(0)
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    private final World world =
            new World(InstantSource.system(), (before, now) -> new TlsSecret(now, now), Set.of("Namespace"));
    private final Reflector reflector = new Reflector(client, new Kind(Namespace.class, null, null, null), world);

    @AfterEach
    void close() {
        reflector.close();
        client.close();
        server.close().await();
        vertx.close().await();
    }

    @Test
    void aVersionThatIsGoneLeadsToANewListAndRemovesOnlyWhatIsNotInIt() throws InterruptedException {
        reflector.start();
        await().until(() -> watches.size() == 1 && knows("one"));
        items = namespace("one", 10) + "," + namespace("two", 20);
        watches.getFirst()
                .writeTextMessage("{\"type\":\"ERROR\",\"object\":{\"apiVersion\":\"v1\",\"kind\":\"Status\","
                        + "\"status\":\"Failure\",\"reason\":\"Expired\",\"code\":410}}");
        await().until(() -> knows("two"));
        assertThat(knows("one")).isTrue();

        items = namespace("two", 20);
        await().until(() -> watches.size() == 2);
        watches.getLast()
                .writeTextMessage("{\"type\":\"ERROR\",\"object\":{\"apiVersion\":\"v1\",\"kind\":\"Status\","
                        + "\"status\":\"Failure\",\"reason\":\"Expired\",\"code\":410}}");
        await().until(() -> !knows("one"));
        assertThat(knows("two")).isTrue();
    }

    @Test
    void refusedWatchesAreAskedForAgain() {
        refusals.addAll(List.of(503, 429, 500, 503));
        reflector.start();
        await().until(() -> watches.size() == 1);
        watches.getFirst().writeTextMessage(event("ADDED", namespace("late", 30)));
        await().until(() -> knows("late"));
        assertThat(refusals).isEmpty();
    }

    @Test
    void anApiServerThatListsButLetsNobodyWatchIsAskedLessAndLess() {
        refusals.addAll(Collections.nCopies(1_000, 503));
        var began = System.nanoTime();
        reflector.start();
        await().until(() -> lists.get() >= 6);
        // Pauses of at least 50, 100, 200, 400 and 800 ms lie between six lists.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(1_500));
    }

    @Test
    void aWatchThatIsCutGoesOnWhereItEnded() {
        reflector.start();
        await().until(() -> watches.size() == 1);
        watches.getFirst().writeTextMessage(event("ADDED", namespace("two", 20)));
        await().until(() -> knows("two"));
        watches.getFirst().close();
        await().until(() -> watches.size() == 2);
        watches.getLast().writeTextMessage(event("DELETED", namespace("two", 21)));
        await().until(() -> !knows("two"));

        assertThat(watches.getLast().query()).contains("resourceVersion=20");
        assertThat(lists).hasValue(1);
    }

    @Test
    void aWatchThatMayBeDeadIsBegunAnewWhereItWas() {
        reflector.start();
        await().until(() -> watches.size() == 1);
        watches.getFirst().writeTextMessage(event("ADDED", namespace("two", 20)));
        await().until(() -> knows("two"));
        reflector.renew(Duration.ofHours(1));
        reflector.renew(Duration.ZERO);
        await().until(() -> watches.size() == 2);

        assertThat(watches.getLast().query()).contains("resourceVersion=20");
        assertThat(lists).hasValue(1);
    }

    @Test
    void anApiServerThatCannotListIsAskedAgain() {
        items = "broken";
        reflector.start();
        await().until(() -> lists.get() >= 2);
        items = namespace("one", 10);
        await().until(() -> knows("one"));
        assertThat(reflector.silence()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void anObjectThatCannotBeTakenIsAProblemUntilItIsMended() throws InterruptedException {
        var broken = new AtomicBoolean(true);
        var secrets = new World(
                InstantSource.system(),
                (before, now) -> {
                    if (broken.get()) {
                        throw new IllegalStateException("it is hunter2");
                    }
                    return new TlsSecret(now, now);
                },
                Set.of("Secret"));
        var ref = ObjectRef.secret("shop", "t");
        items = secret("t", 10);
        var reader = new Reflector(client, new Kind(Secret.class, null, null, null), secrets);
        try {
            reader.start();
            await().until(() -> watches.size() == 1);
            var unreadable = Objects.requireNonNull(state(secrets).unreadable().get(ref));
            assertThat(unreadable.problems().toString())
                    .contains("not readable")
                    .doesNotContain("hunter2");

            broken.set(false);
            watches.getFirst().writeTextMessage(event("MODIFIED", secret("t", 11)));
            await().until(() -> state(secrets).secret(ref) != null);
            assertThat(state(secrets).unreadable().size()).isZero();
        } finally {
            reader.close();
        }
    }

    private boolean knows(String name) throws InterruptedException {
        return state(world).get(Namespace.class, ObjectRef.namespace(name)) != null;
    }

    private static ClusterState state(World world) throws InterruptedException {
        return world.await(Duration.ZERO, Duration.ZERO).state();
    }

    private void answer(HttpServerRequest request) {
        // The client tries a watch once more by plain HTTP if it was refused as a web socket.
        if (request.getParam("watch") == null) {
            lists.incrementAndGet();
        }
        request.response()
                .putHeader("content-type", "application/json")
                .end("{\"apiVersion\":\"v1\",\"kind\":\"NamespaceList\",\"metadata\":{\"resourceVersion\":\"10\"},"
                        + "\"items\":[" + items + "]}");
    }

    private static String event(String type, String object) {
        return "{\"type\":\"" + type + "\",\"object\":" + object + "}";
    }

    private static String secret(String name, int version) {
        return namespace(name, version)
                .replace("Namespace", "Secret")
                .replace("\"uid\"", "\"namespace\":\"shop\",\"uid\"");
    }

    private static String namespace(String name, int version) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + name + "\",\"uid\":\"" + name
                + "\",\"resourceVersion\":\"" + version + "\"}}";
    }
}
