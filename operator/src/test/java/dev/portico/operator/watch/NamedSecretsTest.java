package dev.portico.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.TlsSecret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
final class NamedSecretsTest {
    private static final ObjectRef REF = ObjectRef.secret("shop", "t");

    @SuppressWarnings("NullAway.Init") // set by the extension
    private KubernetesClient client;

    @SuppressWarnings("NullAway.Init") // set by the extension
    private KubernetesMockServer server;

    private final World world = new World(InstantSource.system(), (before, now) -> new TlsSecret(now, now), Set.of());

    @SuppressWarnings("NullAway.Init")
    private NamedSecrets secrets;

    @BeforeEach
    void start() {
        secrets = new NamedSecrets(client, world, Duration.ZERO);
    }

    @Test
    void oneThatComesChangesAndGoesIsNoticed() throws InterruptedException {
        assertThat(read()).isFalse();
        write("Opaque", "YQ==");
        assertThat(read()).isTrue();
        assertThat(state().secret(REF)).isNotNull();
        assertThat(read()).isFalse();

        write("Opaque", "Yg==");
        assertThat(read()).isTrue();

        client.secrets().inNamespace("shop").withName("t").delete();
        assertThat(read()).isTrue();
        assertThat(state().secret(REF)).isNull();
        assertThat(read()).isFalse();
    }

    @Test
    void oneOfTheWatchedTypeIsLeftToTheWatchOnceItWasFoundTwice() throws InterruptedException {
        write("kubernetes.io/tls", "YQ==");
        assertThat(read()).isTrue();
        assertThat(read()).isFalse();
        var asked = server.getRequestCount();
        assertThat(read()).isFalse();
        assertThat(server.getRequestCount()).isEqualTo(asked);
    }

    @Test
    void whatTheWorldHasIsNotAskedFor() throws InterruptedException {
        world.put(new SecretBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("t")
                .endMetadata()
                .build());
        var asked = server.getRequestCount();
        assertThat(read()).isFalse();
        assertThat(server.getRequestCount()).isEqualTo(asked);
    }

    @Test
    void ofVeryManySomeAreLeftForTheNextTime() throws InterruptedException {
        var patient = new NamedSecrets(client, world, Duration.ofHours(1));
        var many = IntStream.range(0, 200)
                .mapToObj(i -> ObjectRef.secret("shop", "absent-" + i))
                .collect(Collectors.toSet());
        patient.read(many, state());
        assertThat(patient.isUnfinished()).isTrue();
        patient.read(many, state());
        assertThat(patient.isUnfinished()).isFalse();
    }

    private boolean read() throws InterruptedException {
        return secrets.read(Set.of(REF), state());
    }

    private ClusterState state() throws InterruptedException {
        return world.await(Duration.ZERO, Duration.ZERO).state();
    }

    private void write(String type, String content) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("t")
                        .endMetadata()
                        .withType(type)
                        .addToData("tls.crt", content)
                        .build())
                .createOr(existing -> existing.update());
    }
}
