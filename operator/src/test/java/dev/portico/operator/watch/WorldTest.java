package dev.portico.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.model.TlsSecret;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WorldTest {
    private final World world = new World(InstantSource.system(), (before, now) -> new TlsSecret(now, now), Set.of());

    @Test
    void aSliceThatLeavesItsServiceIsAChangeOfThatService() throws InterruptedException {
        world.put(slice("a", "web"));
        world.put(slice("b", "web"));
        assertThat(seen().objects()).isTrue();

        world.put(slice("a", "api"));
        var moved = seen();
        assertThat(moved.objects()).isTrue();

        world.put(slice("b", null));
        assertThat(seen().objects()).isTrue();
        assertThat(seen()).satisfies(still -> {
            assertThat(still.objects()).isFalse();
            assertThat(still.slices()).isFalse();
        });
    }

    @Test
    void aSliceThatChangesBesideOthersIsForTheLaneOfEndpoints() throws InterruptedException {
        world.put(slice("a", "web"));
        assertThat(seen().objects()).isTrue();

        world.put(slice("b", "web"));
        world.put(slice("b", null));
        var lane = seen();
        assertThat(lane.objects()).isFalse();
        assertThat(lane.slices()).isTrue();
    }

    @Test
    void aConfigMapIsAChangeOnlyIfItsDataChanges() throws InterruptedException {
        world.put(configMap("1", "a"));
        assertThat(seen().objects()).isTrue();

        world.put(configMap("2", "a"));
        assertThat(seen().objects()).isFalse();

        world.put(configMap("3", "b"));
        assertThat(seen().objects()).isTrue();
    }

    private static ConfigMap configMap(String version, String text) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("ca")
                .withResourceVersion(version)
                .endMetadata()
                .addToData("ca.crt", text)
                .build();
    }

    private Seen seen() throws InterruptedException {
        return world.await(Duration.ZERO, Duration.ZERO);
    }

    private static EndpointSlice slice(String name, @org.jspecify.annotations.Nullable String service) {
        var slice = new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .endMetadata();
        return (service == null
                        ? slice
                        : slice.editMetadata()
                                .addToLabels("kubernetes.io/service-name", service)
                                .endMetadata())
                .build();
    }
}
