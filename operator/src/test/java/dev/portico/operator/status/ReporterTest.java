package dev.portico.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.crds.backend.BackendPolicy;
import dev.portico.operator.compile.Compiled;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.IngressReport;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.PolicyReport;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.TlsSecret;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClassBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ReporterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ObjectRef WEB = ObjectRef.ingress("shop", "web");
    private static final Compiled OURS = new Compiled(
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(WEB, new IngressReport(new Origin(WEB, 1), ObjectRef.gateway("shop", "edge"), "dp")),
            List.of());

    private final List<HasMetadata> written = new ArrayList<>();
    private final Reporter reporter = new Reporter(new Published(List.of("192.0.2.1")), "us", written::add);

    @Test
    void theAddressOfAnIngressThatIsNoLongerOursIsTakenAwayUntilThatWasWritten() {
        report(ingress("1", "192.0.2.1"), OURS);
        assertThat(written).isEmpty();

        report(ingress("2", "192.0.2.1"), Compiled.NOTHING);
        assertThat(addresses()).containsExactly(List.of());

        reporter.failed(WEB);
        written.clear();
        report(ingress("3", "192.0.2.1"), Compiled.NOTHING);
        assertThat(addresses()).containsExactly(List.of());

        written.clear();
        report(ingress("4"), Compiled.NOTHING);
        // Another controller has the very address: it is that one's now.
        report(ingress("5", "192.0.2.1"), Compiled.NOTHING);
        assertThat(written).isEmpty();
    }

    @Test
    void anAddressThatAnEarlierLeaderLeftIsTakenAwayAndThatOfAnotherControllerStays() {
        report(ingress("1", "192.0.2.1"), Compiled.NOTHING);
        assertThat(addresses()).containsExactly(List.of());

        written.clear();
        reporter.forget();
        report(ingress("1", "198.51.100.7"), Compiled.NOTHING);
        assertThat(written).isEmpty();
    }

    @Test
    void anEventNamesItsObjectAsKubectlLooksForIt() {
        var service = new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .withUid("u1")
                .endMetadata()
                .build();
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("t")
                .withUid("u2")
                .endMetadata()
                .build();
        var ingressClass = new IngressClassBuilder()
                .withNewMetadata()
                .withName("portico")
                .withUid("u3")
                .endMetadata()
                .build();
        var slice = new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web-1")
                .withUid("u4")
                .addToLabels("kubernetes.io/service-name", "web")
                .endMetadata()
                .build();
        var state = ClusterState.empty(NOW)
                .with(service)
                .with(ingressClass)
                .with(slice)
                .with(new TlsSecret(secret, null));
        var problems = Stream.of(service, secret, ingressClass, slice)
                .map(object -> new Problem(ObjectRef.of(object), "spec", "Invalid", "bad"))
                .collect(Collectors.toSet());
        reporter.report(state, Compiled.NOTHING, Map.of(), List.of(), problems, NOW);

        assertThat(written.stream().map(object -> ((Event) object).getInvolvedObject()))
                .extracting(object -> object.getApiVersion() + " " + object.getKind() + " " + object.getUid())
                .containsExactlyInAnyOrder(
                        "v1 Service u1",
                        "v1 Secret u2",
                        "networking.k8s.io/v1 IngressClass u3",
                        "discovery.k8s.io/v1 EndpointSlice u4");
    }

    @Test
    void aPolicyThatNoRouteMeetsIsToldSoAndNotWaitedFor() {
        var policy = new BackendPolicy();
        policy.setMetadata(
                new ObjectMetaBuilder().withNamespace("shop").withName("calls").build());
        var ref = ObjectRef.of(policy);
        var accepted = Condition.yes(Condition.ACCEPTED, 1);
        var unused =
                new PolicyReport(new Origin(ref, 1), Set.of(), List.of(accepted), List.of(), List.of(), "Service/web");
        var compiled = new Compiled(Map.of(), Map.of(), Map.of(ref, unused), Map.of(), List.of());
        var again = reporter.report(ClusterState.empty(NOW).with(policy), compiled, Map.of(), List.of(), Set.of(), NOW);

        assertThat(written)
                .singleElement()
                .isInstanceOfSatisfying(
                        BackendPolicy.class,
                        told -> assertThat(told.getStatus().conditions())
                                .extracting(condition -> condition.type() + " " + condition.reason())
                                .containsExactly("Accepted Accepted", "Programmed Unused"));
        assertThat(again).isEqualTo(Duration.ofHours(1));
    }

    private void report(Ingress ingress, Compiled compiled) {
        var state = ClusterState.empty(NOW).with(ingress);
        reporter.report(state, compiled, Map.of(), List.of(), Set.of(), NOW);
    }

    private List<List<String>> addresses() {
        return written.stream()
                .map(object -> ((Ingress) object)
                        .getStatus().getLoadBalancer().getIngress().stream()
                                .map(entry -> entry.getIp())
                                .toList())
                .toList();
    }

    private static Ingress ingress(String version, String... addresses) {
        var builder = new IngressBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .withUid("u")
                .withResourceVersion(version)
                .endMetadata()
                .withNewStatus()
                .withNewLoadBalancer()
                .endLoadBalancer()
                .endStatus();
        for (String address : addresses) {
            builder.editStatus()
                    .editLoadBalancer()
                    .addNewIngress()
                    .withIp(address)
                    .endIngress()
                    .endLoadBalancer()
                    .endStatus();
        }
        return builder.build();
    }
}
