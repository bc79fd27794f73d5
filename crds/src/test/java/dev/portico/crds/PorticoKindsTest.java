package dev.portico.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portico.crds.check.OfflineChecker;
import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.gateway.GatewayStatus;
import dev.portico.crds.gateway.ListenerTls;
import dev.portico.crds.ratelimit.RateLimit;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class PorticoKindsTest {
    private final PorticoKinds kinds = new PorticoKinds();

    @Test
    void anObjectIsReadIntoItsType() throws IOException {
        Gateway edge = kinds.gateway(example("gateway-edge"));

        assertThat(edge.getMetadata().getName()).isEqualTo("edge");
        assertThat(edge.getSpec().listeners().get(1).tls())
                .extracting(ListenerTls::minVersion)
                .isEqualTo(ListenerTls.TlsVersion.TLS_1_2);
        assertThat(edge.getSpec().routes()).extracting("name").containsExactly("api", "moved", "files");
    }

    @Test
    void whatIsLeftOutReadsTheSameWithAndWithoutTheDefaultsOfTheSchema() throws IOException {
        var checker = OfflineChecker.portico();
        for (String name : List.of("gateway-shop", "gateway-template", "gateway-edge", "gateway-autoscaling")) {
            Map<String, Object> written = example(name);
            Gateway stored = kinds.gateway(checker.check(written).object());
            assertThat(kinds.gateway(written).getSpec()).isEqualTo(stored.getSpec());
        }
        for (String name : List.of("ratelimit-per-client", "ratelimit-plans")) {
            Map<String, Object> written = example(name);
            RateLimit stored = kinds.rateLimit(checker.check(written).object());
            assertThat(kinds.rateLimit(written).getSpec()).isEqualTo(stored.getSpec());
        }
    }

    @Test
    void anUnknownFieldFailsWithItsPath() {
        assertThatThrownBy(() -> kinds.gateway(gateway(Map.of("routes", List.of(Map.of("name", "a", "filterz", 1))))))
                .hasMessage("spec.routes[0].filterz: is not known, expected none but those of this version");
    }

    @Test
    void anUnknownValueFailsWithItsPath() {
        var listener = Map.of("name", "a", "port", 1, "protocol", "QUIC");
        assertThatThrownBy(() -> kinds.gateway(gateway(Map.of("listeners", List.of(listener)))))
                .hasMessage("spec.listeners[0].protocol: is 'QUIC', expected one of HTTP, HTTPS");
    }

    @Test
    void aStatusOfAnotherVersionIsReadAsFarAsItIsKnown() {
        GenericKubernetesResource object = gateway(Map.of());
        object.setAdditionalProperty("status", Map.of("routeCount", 3, "future", true));

        assertThat(kinds.gateway(object).getStatus().routeCount()).isEqualTo(3);
    }

    @Test
    void ofAnObjectThatCannotBeDecodedTheStatusStillIsUnlessItCannotBeEither() {
        GenericKubernetesResource object = gateway(Map.of("future", true));
        object.setAdditionalProperty("status", Map.of("routeCount", 3));
        assertThat(kinds.withoutSpec(object, new Gateway(), GatewayStatus.class).getStatus())
                .extracting(GatewayStatus::routeCount)
                .isEqualTo(3);

        object.setAdditionalProperty("status", Map.of("routeCount", "three"));
        assertThat(kinds.withoutSpec(object, new Gateway(), GatewayStatus.class).getStatus())
                .isNull();
    }

    @Test
    void aStatusBecomesTheTreeThatIsSent() {
        var condition = new Condition("Accepted", Condition.Status.TRUE, "Accepted", "", 2, "2026-11-22T10:00:00Z");
        var status = new GatewayStatus(List.of(condition), List.of(), List.of(), List.of(), 0);

        assertThat(kinds.tree(status))
                .containsEntry(
                        "conditions",
                        List.of(Map.of(
                                "type",
                                "Accepted",
                                "status",
                                "True",
                                "reason",
                                "Accepted",
                                "message",
                                "",
                                "observedGeneration",
                                2L,
                                "lastTransitionTime",
                                "2026-11-22T10:00:00Z")));
    }

    private static GenericKubernetesResource gateway(Map<String, Object> spec) {
        var object = new GenericKubernetesResource();
        object.setMetadata(new ObjectMetaBuilder().withName("a").build());
        object.setAdditionalProperty("spec", spec);
        return object;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> example(String name) throws IOException {
        String yaml = Files.readString(Path.of("valid/" + name + ".yaml"));
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }
}
