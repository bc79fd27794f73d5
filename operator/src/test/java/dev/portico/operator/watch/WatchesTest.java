package dev.portico.operator.watch;

import static dev.portico.operator.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.crds.gateway.Gateway;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.TlsSecret;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
final class WatchesTest {
    @SuppressWarnings("NullAway.Init") // set by the extension
    private KubernetesClient client;

    private final World world =
            new World(InstantSource.system(), (before, now) -> new TlsSecret(now, now), Watches.kinds(Set.of()));
    private @Nullable Watches watches;

    @AfterEach
    void close() {
        if (watches != null) {
            watches.close();
        }
    }

    @Test
    void nothingIsToldUntilEveryKindWasListed() throws InterruptedException {
        create(service("shop"));
        var before = world.await(Duration.ofMillis(50), Duration.ZERO);
        assertThat(before.objects()).isFalse();

        watches = Watches.start(client, Set.of(), world);
        var seen = world.await(Duration.ofSeconds(10), Duration.ofMillis(5));
        assertThat(seen.objects()).isTrue();
        assertThat(seen.state().get(Service.class, ObjectRef.service("shop", "shop")))
                .isNotNull();
    }

    @Test
    void kindsOfWhichNothingIsHeardAreNamed() {
        watches = Watches.start(client, Set.of(), world);
        var running = watches;
        await().until(() -> running.silentFor(Duration.ofSeconds(5)).isEmpty());
        await().until(() -> running.silentFor(Duration.ofMillis(1)).equals(Watches.kinds(Set.of())));
    }

    @Test
    void anObjectThatComesChangesAndGoesIsSeen() {
        watches = Watches.start(client, Set.of(), world);
        create(service("shop"));
        var ref = ObjectRef.service("shop", "shop");
        await().until(() -> state().get(Service.class, ref) != null);
        client.services().inNamespace("shop").withName("shop").edit(service -> {
            service.getSpec().setClusterIP("10.0.0.9");
            return service;
        });
        await().until(() -> {
            var service = state().get(Service.class, ref);
            return service != null && "10.0.0.9".equals(service.getSpec().getClusterIP());
        });
        client.services().inNamespace("shop").withName("shop").delete();
        await().until(() -> state().get(Service.class, ref) == null);
    }

    @Test
    void anObjectThatCannotBeDecodedIsAProblemAndStopsNothing() throws InterruptedException {
        watches = Watches.start(client, Set.of(), world);
        create(gateway("bad", "listeners: seven"));
        create(gateway("good", "listeners: []"));
        var bad = ObjectRef.gateway("shop", "bad");
        await().until(() -> state().get(Gateway.class, ObjectRef.gateway("shop", "good")) != null);
        await().until(() -> state().unreadable().get(bad) != null);
        assertThat(Objects.requireNonNull(state().unreadable().get(bad)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("spec.listeners"));

        create(gateway("bad", "listeners: []"));
        await().until(() -> state().get(Gateway.class, bad) != null);
        assertThat(state().unreadable().get(bad)).isNull();
    }

    private ClusterState state() throws InterruptedException {
        return world.await(Duration.ZERO, Duration.ZERO).state();
    }

    private void create(HasMetadata object) {
        client.resource(object).createOr(existing -> existing.update());
    }

    private void create(GenericKubernetesResource object) {
        client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(Gateway.class))
                .inNamespace("shop")
                .resource(object)
                .createOr(existing -> existing.update());
    }

    private static Service service(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
    }

    private static GenericKubernetesResource gateway(String name, String spec) {
        return Serialization.unmarshal("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: %s, namespace: shop}
                spec: {%s}
                """.formatted(name, spec), GenericKubernetesResource.class);
    }
}
