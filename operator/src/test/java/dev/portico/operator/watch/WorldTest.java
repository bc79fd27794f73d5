package dev.portico.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.TlsSecret;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
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

    @Test
    void aSecretIsForgottenOnceNobodyHasNamedItForAWhile() throws InterruptedException {
        var named = ObjectRef.secret("shop", "named");
        var idle = ObjectRef.secret("shop", "idle");
        world.put(secret("named", "1"));
        world.put(secret("idle", "1"));
        world.forgetSecretsBut(Set.of(named));
        assertThat(seen().state().secret(idle)).isNotNull();

        world.forgetSecretsBut(Set.of(named));
        assertThat(seen().state().secret(idle)).isNull();
        assertThat(seen().state().secret(named)).isNotNull();
    }

    @Test
    void whatIsNamedAgainInBetweenIsNotForgotten() throws InterruptedException {
        var ref = ObjectRef.secret("shop", "t");
        world.put(secret("t", "1"));
        for (var named : List.of(Set.<ObjectRef>of(), Set.of(ref), Set.<ObjectRef>of())) {
            world.forgetSecretsBut(named);
            assertThat(seen().state().secret(ref)).isNotNull();
        }
    }

    @Test
    void aSecretThatWasAskedForDoesNotReplaceANewerOneThatWasTold() {
        world.put(secret("t", "12"));
        assertThat(world.found(secret("t", "9"))).isFalse();
        assertThat(world.found(secret("t", "13"))).isTrue();
        assertThat(world.gone(ObjectRef.secret("shop", "t"), Version.of(secret("t", "12"))))
                .isFalse();
        assertThat(world.gone(ObjectRef.secret("shop", "t"), Version.of(secret("t", "13"))))
                .isTrue();
    }

    @Test
    void whatIsRememberedOfASecretSaysNothingOfItsContent() throws InterruptedException {
        var secret = new SecretBuilder(secret("t", "1"))
                .addToData("tls.key", "hunter2")
                .build();
        world.put(secret);
        assertThat(String.valueOf(seen().state().secret(ObjectRef.secret("shop", "t"))))
                .contains("shop/t")
                .doesNotContain("hunter2");
    }

    private static Secret secret(String name, String version) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withUid(name)
                .withResourceVersion(version)
                .endMetadata()
                .build();
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
