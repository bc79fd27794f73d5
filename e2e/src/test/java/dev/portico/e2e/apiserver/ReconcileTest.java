package dev.portico.e2e.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.e2e.cases.Case;
import dev.portico.e2e.cases.Tree;
import dev.portico.operator.Operator;
import dev.portico.operator.OperatorConfig;
import dev.portico.operator.identity.Identities;
import dev.portico.operator.watch.AuthoritySecret;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operator tells the users of a real API server is what the goldens say. */
@Tag("api-server")
final class ReconcileTest {
    private static final String OWN = "portico-e2e";
    private static final String ADDRESS = "192.0.2.10";

    private static Vertx vertx;
    private static Cluster cluster;
    private static Operator operator;
    private static Identities identities;

    @BeforeAll
    static void start() throws IOException {
        vertx = Vertx.vertx();
        cluster = Cluster.withCrds();
        cluster.namespace(OWN);
        identities = new Identities(new AuthoritySecret(cluster.client(), OWN), InstantSource.system());
        operator = Operator.start(
                OperatorConfig.parse(List.of("--namespace=" + OWN, "--publish-address=" + ADDRESS)),
                cluster.client(),
                problems -> {});
    }

    @AfterAll
    static void end() {
        operator.close();
        cluster.close();
        vertx.close().await();
    }

    static Stream<Case> cases() {
        return Case.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void tellsWhatTheGoldensSay(Case one) throws IOException {
        var created = new ArrayList<HasMetadata>();
        var pods = new ArrayList<StubPod>();
        try {
            for (Tree object : one.objects()) {
                created.add(cluster.create(object.map()));
                if (object.is("Gateway")) {
                    pods.add(pod(created.getLast()));
                }
            }
            cluster.refuses(one);
            var statuses = new Statuses(cluster, one.conditions(), _ -> ADDRESS);
            Awaitility.await(one.name())
                    .atMost(Duration.ofSeconds(15))
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(() -> assertThat(statuses.differences(created))
                            .as(one.name())
                            .isEmpty());
        } finally {
            pods.forEach(StubPod::close);
            // Nothing empties a namespace here: no controller runs.
            cluster.delete(created);
        }
    }

    private static StubPod pod(HasMetadata gateway) throws IOException {
        String uid = gateway.getMetadata().getUid();
        return StubPod.start(
                vertx,
                identities.dataPlane(uid, null),
                cluster,
                gateway.getMetadata().getNamespace(),
                uid);
    }
}
