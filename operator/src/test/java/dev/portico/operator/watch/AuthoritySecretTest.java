package dev.portico.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
final class AuthoritySecretTest {
    @SuppressWarnings("NullAway.Init") // set by the extension
    private KubernetesClient client;

    @Test
    void itIsRenewedInTimeAndFoundByOthers() throws IOException {
        var longAgo = Instant.now().minus(Duration.ofDays(250));
        var former = new AuthoritySecret(client, "own").readOrCreate(longAgo);
        var renewed = new AuthoritySecret(client, "own").readOrCreate(Instant.now());
        assertThat(renewed.certificates()).isNotEqualTo(former.certificates()).endsWith(former.certificates());
        assertThat(new AuthoritySecret(client, "own")
                        .readOrCreate(Instant.now())
                        .certificates())
                .isEqualTo(renewed.certificates());
    }

    @Test
    void oneThatWasDeletedIsMadeAnew() throws IOException {
        var store = new AuthoritySecret(client, "own");
        var former = store.readOrCreate(Instant.now());
        client.secrets().inNamespace("own").withName("portico-authority").delete();
        assertThat(store.readOrCreate(Instant.now()).certificates()).isNotEqualTo(former.certificates());
    }

    @Test
    void oneThatIsBrokenIsNotReplacedAndSaysNothingOfItsContent() throws IOException {
        var store = new AuthoritySecret(client, "own");
        var keys = store.readOrCreate(Instant.now()).keys();
        client.secrets().inNamespace("own").withName("portico-authority").edit(secret -> {
            secret.setData(
                    Map.of("ca.crt", "aHVudGVyMg==", "ca.key", secret.getData().get("ca.key")));
            return secret;
        });
        assertThatThrownBy(() -> store.readOrCreate(Instant.now()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("0 certificates and 1 keys")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining(keys.lines().skip(1).findFirst().orElseThrow());
    }
}
