package dev.portico.e2e.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portico.e2e.sockets.Ports;
import dev.portico.operator.Operator;
import dev.portico.operator.OperatorConfig;
import dev.portico.operator.identity.Identities;
import dev.portico.operator.identity.Identity;
import dev.portico.operator.watch.AuthoritySecret;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data plane that has nothing but its files, and an operator that finds it by its pod. */
@Tag("api-server")
final class ConfigChannelTest {
    private static final String OWN = "config-channel";

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final int port = Ports.free();
    private Cluster cluster;
    private HasMetadata gateway;
    private Identities identities;
    private Identity files;
    private ProxyPod pod;

    @BeforeEach
    void start() throws IOException {
        cluster = Cluster.withCrds();
        cluster.namespace(OWN);
        gateway = cluster.redirect(OWN, port, "first.example.org");
        var store = new AuthoritySecret(cluster.client(), OWN);
        files = store.readOrCreate(Instant.now().minus(Duration.ofDays(250))).dataPlane(uid(), Instant.now());
        identities = new Identities(store, InstantSource.system());
        pod = ProxyPod.start(directory, files, cluster, OWN, uid());
    }

    @AfterEach
    void end() {
        pod.close();
        cluster.delete(List.of(gateway));
        cluster.client().secrets().inNamespace(OWN).delete();
        cluster.client().leases().inNamespace(OWN).delete();
        cluster.close();
        vertx.close().await();
    }

    @Test
    void aRenewedAuthorityReachesPodsThatDoNotKnowItYetAndThoseThatDo() throws IOException {
        try (var _ = operator()) {
            await().until(() -> redirects("first.example.org"));
        }
        var renewed = identities.dataPlane(uid(), files);
        assertThat(renewed.authority()).isNotEqualTo(files.authority()).endsWith(files.authority());
        renewed.writeTo(directory);
        await().until(() -> answers(identities.operator().getFirst()));

        cluster.redirect(OWN, port, "second.example.org");
        try (var _ = operator()) {
            await().until(() -> redirects("second.example.org"));
        }
    }

    @Test
    void whatAPodHoldsOpensNoOtherPodAndNoneOfItsOwn() throws IOException {
        assertThat(answers(identities.operator().getLast())).isTrue();
        for (String dataPlane : List.of(uid(), "other")) {
            var ofAPod = identities.dataPlane(dataPlane, null);
            Map.of("/v1/state", HttpMethod.GET, "/debug/snapshot", HttpMethod.GET, "/v1/push", HttpMethod.PUT)
                    .forEach((path, method) -> assertThatThrownBy(() -> ask(ofAPod, method, path))
                            .as("%s %s", method, path)
                            .hasRootCauseInstanceOf(SSLException.class));
        }
    }

    private Operator operator() {
        return Operator.start(
                OperatorConfig.parse(List.of("--namespace=" + OWN, "--watch-namespaces=" + OWN)),
                cluster.client(),
                problems -> {});
    }

    private boolean redirects(String host) {
        var client = vertx.createHttpClient();
        try {
            return client.request(HttpMethod.GET, port, "127.0.0.1", "/")
                            .compose(request ->
                                    request.putHeader("host", host + ":" + port).send())
                            .map(HttpClientResponse::statusCode)
                            .await()
                    == 302;
        } finally {
            client.close();
        }
    }

    private boolean answers(Identity identity) {
        return !ask(identity, HttpMethod.GET, "/v1/state").isEmpty();
    }

    private String ask(Identity identity, HttpMethod method, String path) {
        return new ConfigPort(vertx, pod.configPort()).ask(identity, method, path);
    }

    private String uid() {
        return gateway.getMetadata().getUid();
    }

    private static org.awaitility.core.ConditionFactory await() {
        return Awaitility.await().ignoreExceptions().atMost(Duration.ofSeconds(15));
    }
}
