package dev.portico.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portico.e2e.apiserver.Cluster;
import dev.portico.e2e.cases.Case;
import dev.portico.e2e.requests.Ask;
import dev.portico.e2e.sockets.Asker;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("cluster")
final class ClusterTest {
    private static Vertx vertx;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        cluster = Cluster.given();
    }

    @AfterAll
    static void end() {
        cluster.close();
        vertx.close().await();
    }

    static Stream<Case> cases() {
        return Case.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void tellsAndAnswersAsTheCaseSays(Case one) throws IOException {
        try (var applied = new Applied(cluster, one)) {
            try {
                applied.apply();
                cluster.refuses(one);
                applied.awaitConditions();
                Map<Integer, SocketAddress> bound = applied.bound();
                bound.values().forEach(ClusterTest::awaitAccepts);
                asks(one, new Asker(vertx, bound));
            } catch (AssertionError | RuntimeException e) {
                new Dump(cluster.client(), one).write();
                throw e;
            }
        }
    }

    /** Until then nobody has told kube-proxy of the first pod that is ready, and it refuses for the Service. */
    private static void awaitAccepts(SocketAddress address) {
        await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address.host(), address.port()), 1_000);
                return true;
            }
        });
    }

    private static void asks(Case one, Asker asker) throws IOException {
        var wrong = new ArrayList<String>();
        for (Ask ask : one.requests()) {
            wrong.addAll(asker.refuse(ask));
        }
        assertThat(wrong).as(one.name()).isEmpty();
    }
}
