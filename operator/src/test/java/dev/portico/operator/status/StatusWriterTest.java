package dev.portico.operator.status;

import static dev.portico.operator.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.model.ObjectRef;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
final class StatusWriterTest {
    @SuppressWarnings("NullAway.Init") // set by the extension
    private KubernetesClient client;

    @SuppressWarnings("NullAway.Init") // set by the extension
    private KubernetesMockServer server;

    private final AtomicInteger failures = new AtomicInteger();

    @Test
    void anEventThatIsRefusedFailsAndOneThatIsThereDoesNot() {
        var refusal = new StatusBuilder()
                .withCode(403)
                .withMessage("namespace is being terminated")
                .build();
        server.expect()
                .post()
                .withPath("/api/v1/namespaces/shop/events")
                .andReturn(403, refusal)
                .once();
        var event = event("web.1");
        try (var writer = StatusWriter.start(client, failures::incrementAndGet)) {
            writer.write(event);
            await().until(() -> failures.get() == 1);
            assertThat(writer.failed()).containsExactly(ObjectRef.of(event));

            writer.write(event);
            await().until(() -> isThere(event));
            writer.write(event);
            var last = event("web.2");
            writer.write(last);
            await().until(() -> isThere(last));
            assertThat(writer.failed()).isEmpty();
            assertThat(failures).hasValue(1);
        }
    }

    private boolean isThere(Event event) {
        return client.resource(event).get() != null;
    }

    private static Event event(String name) {
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .endMetadata()
                .withNewInvolvedObject()
                .withKind("Ingress")
                .withNamespace("shop")
                .withName("web")
                .endInvolvedObject()
                .withMessage("bad")
                .build();
    }
}
