package dev.portico.operator.provision;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
final class KeptSecretTest {
    @SuppressWarnings("NullAway.Init") // set by the extension
    private KubernetesClient client;

    @Test
    void secretsThatAreThereAndThoseThatComeAreKeptWithoutTheirData() {
        create("there");
        try (var informer =
                client.resources(KeptSecret.class).inNamespace("own").inform()) {
            create("come");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> informer.getStore().list().size() == 2);
            assertThat(informer.getStore().list())
                    .hasOnlyElementsOfType(KeptSecret.class)
                    .extracting(client.getKubernetesSerialization()::asJson)
                    .allSatisfy(
                            kept -> assertThat(kept).contains("there-or-come").doesNotContain("aHVudGVyMg=="));
        }
    }

    private void create(String name) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("own")
                        .withName(name)
                        .addToLabels("example.org/kept", "there-or-come")
                        .endMetadata()
                        .addToData("key", "aHVudGVyMg==")
                        .build())
                .create();
    }
}
