package dev.portico.operator.provision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.crds.PorticoKinds;
import dev.portico.crds.check.OfflineChecker;
import dev.portico.crds.gateway.Gateway;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is made for a Gateway, against goldens; -Dgolden.update=true writes them. */
final class ChildrenTest {
    private static final Path GOLDENS = Path.of("src/test/goldens/provision");
    private static final Settings SETTINGS =
            new Settings("example.org/portico-proxy:0.1", Set.of(9080, 9443), Set.of());
    private static final String UID = "5d1a3c1e-7f0b-4a6e-9d3e-2b8f6c4d1a90";

    private final OfflineChecker checker = OfflineChecker.portico();
    private final PorticoKinds kinds = new PorticoKinds();

    static Stream<Path> cases() throws IOException {
        try (var folders = Files.list(GOLDENS)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areMadeAsTheGoldenSays(Path one) throws IOException {
        var made = Children.of(plane(Files.readString(one.resolve("gateway.yaml")), UID), SETTINGS).stream()
                .map(Serialization::asYaml)
                .collect(Collectors.joining());
        var golden = one.resolve("children.yaml");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, made);
        }
        assertThat(made).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void haveNoGoldenThatNobodyReads(Path one) throws IOException {
        try (var files = Files.list(one)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("gateway.yaml", "children.yaml");
        }
    }

    @Test
    void haveNamesThatFitWhateverTheNameOfTheGateway() {
        var names = new HashSet<String>();
        for (String name : List.of("a", "a.b", "a-b", "x".repeat(253), "x".repeat(252))) {
            for (HasMetadata child : Children.of(gateway(name, UID + name), SETTINGS)) {
                assertThat(child.getMetadata().getName())
                        .matches("[a-z]([-a-z0-9]*[a-z0-9])?")
                        .hasSizeLessThan(64);
                if (child instanceof Deployment) {
                    // The pod's name, which becomes its host name, has two suffixes more.
                    assertThat(child.getMetadata().getName() + "-5bb8f4d6c9-x7x2l")
                            .hasSizeLessThan(64);
                    names.add(child.getMetadata().getName());
                }
            }
        }
        assertThat(names).hasSize(5);
    }

    @Test
    void ofAGatewayThatWasMadeAnewAreNotThoseOfTheOldOne() {
        assertThat(Children.of(gateway("edge", "one"), SETTINGS)
                        .getFirst()
                        .getMetadata()
                        .getName())
                .isNotEqualTo(Children.of(gateway("edge", "two"), SETTINGS)
                        .getFirst()
                        .getMetadata()
                        .getName());
    }

    @Test
    void haveTheSamePodsWhateverTheListeners() {
        var one = gateway("edge", UID);
        var two = plane("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {namespace: shop, name: edge}
                spec: {listeners: [{name: web, port: 80, protocol: HTTP}, {name: more, port: 8080, protocol: HTTP}]}
                """, UID);
        assertThat(template(two)).isEqualTo(template(one));
    }

    private static PodTemplateSpec template(DataPlane plane) {
        return Children.of(plane, SETTINGS).stream()
                .filter(Deployment.class::isInstance)
                .map(deployment -> ((Deployment) deployment).getSpec().getTemplate())
                .findFirst()
                .orElseThrow();
    }

    private DataPlane gateway(String name, String uid) {
        return plane(
                "apiVersion: portico.dev/v1alpha1\nkind: Gateway\nmetadata: {namespace: shop, name: " + name
                        + "}\nspec: {listeners: [{name: web, port: 80, protocol: HTTP}]}",
                uid);
    }

    private DataPlane plane(String yaml, String uid) {
        @SuppressWarnings("unchecked")
        Map<String, Object> written = Serialization.unmarshal(yaml, Map.class);
        var checked = checker.check(written);
        assertThat(checked.findings()).isEmpty();
        Gateway gateway = kinds.gateway(checked.object());
        gateway.getMetadata().setUid(uid);
        return DataPlane.of(gateway, uid, SETTINGS.reservedPorts());
    }
}
