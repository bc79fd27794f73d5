package dev.portico.operator.status;

import static dev.portico.operator.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.crds.PorticoKinds;
import dev.portico.crds.backend.BackendPolicy;
import dev.portico.crds.gateway.Gateway;
import dev.portico.crds.gateway.GatewaySpec;
import dev.portico.crds.gateway.GatewayStatus;
import dev.portico.crds.ratelimit.RateLimit;
import dev.portico.operator.compile.Compiled;
import dev.portico.operator.model.ClusterState;
import dev.portico.operator.model.Condition;
import dev.portico.operator.model.GatewayReport;
import dev.portico.operator.model.IngressReport;
import dev.portico.operator.model.ObjectRef;
import dev.portico.operator.model.Origin;
import dev.portico.operator.model.PolicyReport;
import dev.portico.operator.model.Problem;
import dev.portico.operator.model.TlsSecret;
import dev.portico.operator.model.Unreadable;
import dev.portico.operator.provision.Made;
import dev.portico.operator.provision.Names;
import dev.portico.operator.provision.Progress;
import dev.portico.operator.push.LinkState;
import dev.portico.operator.push.Replica;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClassBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
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

    private static final Problem BAD_HOST = new Problem(WEB, "spec.rules[0].host", "Invalid", "bad");

    private static final ObjectRef EDGE = ObjectRef.gateway("shop", "edge");
    private static final GatewayReport EDGE_REPORT =
            report(new GatewayReport.ListenerReport("web", "http-80", 0, List.of()));
    private static final Compiled SERVED =
            new Compiled(Map.of(), Map.of(EDGE, EDGE_REPORT), Map.of(), Map.of(), List.of());
    private static final Compiled SERVED_INGRESS =
            new Compiled(Map.of(), Map.of(EDGE, EDGE_REPORT), Map.of(), OURS.ingresses(), List.of());
    private static final LinkState SERVING =
            new LinkState(new Replica("1", "edge-1", "dp", "127.0.0.1", 9443, true), 1, null, null, null);

    private static final Progress REFUSED = progress(1, Made.State.REFUSED, "exceeded quota: none");

    private final List<HasMetadata> written = new ArrayList<>();
    private final Reporter reporter = new Reporter(new Published(List.of("192.0.2.1")), "us", written::add);
    private final Reporter own = new Reporter(new Published(List.of()), "us", written::add);

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
        reporter.report(state, Compiled.NOTHING, Map.of(), List.of(), Progress.ELSEWHERE, problems, NOW);

        assertThat(written.stream().map(object -> ((Event) object).getInvolvedObject()))
                .extracting(object -> object.getApiVersion() + " " + object.getKind() + " " + object.getUid())
                .containsExactlyInAnyOrder(
                        "v1 Service u1",
                        "v1 Secret u2",
                        "networking.k8s.io/v1 IngressClass u3",
                        "discovery.k8s.io/v1 EndpointSlice u4");
    }

    @Test
    void aProblemThatLastsIsToldAgainBeforeTheApiServerForgetsItsEvent() {
        for (int minute = 0; minute < 600; minute++) {
            report(BAD_HOST, NOW.plus(Duration.ofMinutes(minute)));
        }
        var times = events().stream()
                .map(event -> Instant.parse(event.getLastTimestamp()))
                .toList();
        assertThat(times).hasSizeBetween(12, 13);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i))
                    .isBetween(times.get(i - 1), times.get(i - 1).plus(Duration.ofMinutes(50)));
        }
        assertThat(eventNames()).doesNotHaveDuplicates();
    }

    @Test
    void whoLeadsAgainTellsAProblemAgainByTheNameThatItsEventHas() {
        report(BAD_HOST, NOW);
        report(BAD_HOST, NOW);
        assertThat(events()).hasSize(1);

        reporter.forget();
        report(BAD_HOST, NOW);
        assertThat(events()).hasSize(2);
        assertThat(eventNames().distinct()).hasSize(1);
    }

    @Test
    void anEventThatWasRefusedIsToldAgainAndWhileItIsRefusedOnceAMinute() {
        report(BAD_HOST, NOW);
        for (int second = 0; second < 60; second++) {
            reporter.failed(ObjectRef.of(events().getLast()));
            report(BAD_HOST, NOW.plusSeconds(second));
        }
        assertThat(events()).hasSize(2);

        report(BAD_HOST, NOW.plusSeconds(60));
        report(BAD_HOST, NOW.plusSeconds(120));
        assertThat(events()).hasSize(3);
        assertThat(eventNames().distinct()).hasSize(1);
    }

    private void report(Problem problem, Instant now) {
        var state = ClusterState.empty(now).with(ingress("1"));
        reporter.report(state, Compiled.NOTHING, Map.of(), List.of(), Progress.ELSEWHERE, Set.of(problem), now);
    }

    private Stream<String> eventNames() {
        return events().stream().map(event -> event.getMetadata().getName());
    }

    @Test
    void aGatewayThatCannotBeDecodedIsToldSoByAnEventAndItsConditionsAndKeepsWhatItsStatusSaysBesides() {
        var problem = new Problem(EDGE, "spec.listeners", "Invalid", "bad");
        var state = ClusterState.empty(NOW).with(new Unreadable(undecodable(2, 1), List.of(problem)));
        report(reporter, state, problem);

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.getInvolvedObject().getUid()).isEqualTo("u5");
            assertThat(event.getMessage()).isEqualTo("spec.listeners: bad");
        });
        assertThat(conditions())
                .containsExactly(
                        "Accepted FALSE Invalid spec.listeners: bad 2",
                        "Programmed FALSE Invalid  2",
                        "ResolvedRefs TRUE ResolvedRefs  1");
        assertThat(status().routeCount()).isEqualTo(4);

        written.clear();
        report(reporter, state, problem);
        assertThat(written).isEmpty();
    }

    @Test
    void aGatewayThatANewerOperatorProgrammedStaysProgrammedForOneThatCannotDecodeIt() {
        var problem = new Problem(EDGE, "spec.listeners", "Invalid", "bad");
        report(reporter, ClusterState.empty(NOW).with(new Unreadable(undecodable(2, 2), List.of(problem))), problem);
        assertThat(conditions())
                .contains("Accepted FALSE Invalid spec.listeners: bad 2", "Programmed TRUE Programmed  2");
    }

    @Test
    void aPolicyThatCannotBeDecodedHasTheConditionsThatWereCompiledForIt() {
        var raw = new GenericKubernetesResource();
        raw.setApiVersion("portico.dev/v1alpha1");
        raw.setKind("RateLimit");
        raw.setMetadata(
                new ObjectMetaBuilder().withNamespace("shop").withName("few").build());
        var ref = ObjectRef.of(raw);
        var problem = new Problem(ref, "spec.limits", "Invalid", "bad");
        var refused = Condition.no(Condition.ACCEPTED, "Invalid", "closed", 1);
        var report =
                new PolicyReport(new Origin(ref, 1), Set.of(), List.of(refused), List.of(), List.of(), "Gateway/edge");
        var compiled = new Compiled(Map.of(), Map.of(), Map.of(ref, report), Map.of(), List.of());
        var state = ClusterState.empty(NOW).with(new Unreadable(raw, List.of(problem)));
        reporter.report(state, compiled, Map.of(), List.of(), Progress.ELSEWHERE, Set.of(problem), NOW);

        assertThat(events()).hasSize(1);
        assertThat(written)
                .filteredOn(RateLimit.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        RateLimit.class,
                        told -> assertThat(told.getStatus().conditions())
                                .extracting(condition -> condition.type() + " " + condition.reason())
                                .containsExactly("Accepted Invalid", "Programmed Invalid"));
    }

    @Test
    void aGatewayThatCanBeDecodedIsToldItsProblemsByNoEvent() {
        var problem = new Problem(EDGE, "spec.listeners", "Invalid", "bad");
        report(own, ClusterState.empty(NOW).with(gateway()), problem);
        assertThat(written).isEmpty();
    }

    private static GenericKubernetesResource undecodable(long generation, long served) {
        var raw = new GenericKubernetesResource();
        raw.setApiVersion("portico.dev/v1alpha1");
        raw.setKind("Gateway");
        raw.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName("edge")
                .withUid("u5")
                .withGeneration(generation)
                .build());
        var conditions = Conditions.merge(
                List.of(),
                List.of(
                        Condition.yes(Condition.ACCEPTED, served),
                        Condition.yes(Condition.RESOLVED_REFS, served),
                        Condition.yes(Condition.PROGRAMMED, served)),
                NOW);
        var status = new GatewayStatus(conditions, List.of(), List.of(), List.of(), 4);
        raw.setAdditionalProperty("status", new PorticoKinds().tree(status));
        return raw;
    }

    private List<Event> events() {
        return written.stream()
                .filter(Event.class::isInstance)
                .map(Event.class::cast)
                .toList();
    }

    private List<String> conditions() {
        return status().conditions().stream()
                .map(condition -> condition.type() + " " + condition.status() + " " + condition.reason() + " "
                        + condition.message() + " " + condition.observedGeneration())
                .toList();
    }

    private static void report(Reporter reporter, ClusterState state, Problem problem) {
        reporter.report(state, Compiled.NOTHING, Map.of(), List.of(), Progress.ELSEWHERE, Set.of(problem), NOW);
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
        var again = reporter.report(
                ClusterState.empty(NOW).with(policy), compiled, Map.of(), List.of(), Progress.ELSEWHERE, Set.of(), NOW);

        assertThat(written)
                .singleElement()
                .isInstanceOfSatisfying(
                        BackendPolicy.class,
                        told -> assertThat(told.getStatus().conditions())
                                .extracting(condition -> condition.type() + " " + condition.reason())
                                .containsExactly("Accepted Accepted", "Programmed Unused"));
        assertThat(again).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aGatewayIsReachedWhereTheServiceThatWasMadeForItIs() {
        var state = ClusterState.empty(NOW).with(gateway()).with(service("192.0.2.7"));
        own.report(state, SERVED, Map.of("dp", 1L), List.of(SERVING), Progress.ELSEWHERE, Set.of(), NOW);

        assertThat(status().addresses()).extracting(address -> address.value()).containsExactly("192.0.2.7");
        assertThat(programmed()).isEqualTo("Programmed");

        written.clear();
        var ingress = ingress("1");
        own.report(
                state.with(ingress),
                SERVED_INGRESS,
                Map.of("dp", 1L),
                List.of(SERVING),
                Progress.ELSEWHERE,
                Set.of(),
                NOW);
        assertThat(addresses()).containsExactly(List.of("192.0.2.7"));

        written.clear();
        own.report(
                state.with(ingress("2", "192.0.2.7")).with(service("192.0.2.8")),
                SERVED_INGRESS,
                Map.of("dp", 1L),
                List.of(SERVING),
                Progress.ELSEWHERE,
                Set.of(),
                NOW);
        written.removeIf(object -> !(object instanceof Ingress));
        assertThat(addresses()).containsExactly(List.of("192.0.2.8"));
    }

    @Test
    void aGatewayWhoseServiceHasNoAddressIsNotProgrammed() {
        var state = ClusterState.empty(NOW).with(gateway()).with(service());
        own.report(state, SERVED, Map.of("dp", 1L), List.of(SERVING), Progress.ELSEWHERE, Set.of(), NOW);
        // What is waited for is told a second later.
        awaitWritten(state);
        assertThat(programmed()).isEqualTo("AddressNotAssigned");
    }

    @Test
    void anAddressThatWasAskedForInAnotherSpellingIsTheSame() {
        var gateway = gateway();
        gateway.setSpec(new PorticoKinds().gateway(asking("2001:DB8:0::1")).getSpec());
        var state = ClusterState.empty(NOW).with(gateway).with(service("192.0.2.7", "2001:db8::1"));
        awaitWritten(state);
        assertThat(programmed()).isEqualTo("Programmed");
    }

    @Test
    void anAddressThatWasAskedForAndNotGivenIsWaitedFor() {
        var gateway = gateway();
        gateway.setSpec(new PorticoKinds().gateway(asking("2001:db8::2")).getSpec());
        var state = ClusterState.empty(NOW).with(gateway).with(service("2001:db8::1"));
        awaitWritten(state);
        assertThat(programmed()).isEqualTo("AddressNotAssigned");
        assertThat(status().conditions())
                .extracting(condition -> condition.message())
                .anyMatch(message -> message.endsWith("has no address yet, expected 2001:db8::2"));
    }

    private void awaitWritten(ClusterState state) {
        await().until(() -> {
            own.report(state, SERVED, Map.of("dp", 1L), List.of(SERVING), Progress.ELSEWHERE, Set.of(), NOW);
            return !written.isEmpty();
        });
    }

    private static GenericKubernetesResource asking(String address) {
        return Serialization.unmarshal("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {name: edge, namespace: shop}
                spec: {listeners: [], infrastructure: {service: {addresses: [{value: "%s"}]}}}
                """.formatted(address), GenericKubernetesResource.class);
    }

    @Test
    void aDataPlaneThatTheApiServerRefusesIsToldInItsWords() {
        var state = ClusterState.empty(NOW).with(gateway());
        await().until(() -> {
            own.report(state, SERVED, Map.of("dp", 1L), List.of(SERVING), REFUSED, Set.of(), NOW);
            return statuses() > 0;
        });
        assertThat(programmed()).isEqualTo("NoResources");
        assertThat(status().conditions())
                .extracting(condition -> condition.message())
                .contains("exceeded quota: none");
    }

    @Test
    void aGatewayWhoseReplicasAllServeIsNotProgrammedBeforeItsDataPlaneIsMadeAsItSays() {
        var state = ClusterState.empty(NOW).with(gateway());
        var earlier = progress(0, Made.State.DONE, "");
        await().until(() -> {
            own.report(state, SERVED, Map.of("dp", 1L), List.of(SERVING), earlier, Set.of(), NOW);
            return !written.isEmpty();
        });
        assertThat(programmed()).isEqualTo("Pending");

        written.clear();
        own.report(state, SERVED, Map.of("dp", 1L), List.of(SERVING), progress(1, Made.State.DONE, ""), Set.of(), NOW);
        assertThat(programmed()).isEqualTo("Programmed");
    }

    @Test
    void aRefusalOfWhatWasOnceProgrammedIsToldByAnEventAndTheConditionStays() {
        var state = ClusterState.empty(NOW).with(gateway());
        own.report(state, SERVED, Map.of("dp", 1L), List.of(SERVING), Progress.ELSEWHERE, Set.of(), NOW);
        var programmed = state.with((Gateway) written.getFirst());
        written.clear();

        for (int i = 0; i < 3; i++) {
            own.report(programmed, SERVED, Map.of("dp", 1L), List.of(SERVING), REFUSED, Set.of(), NOW);
        }
        assertThat(written).singleElement().isInstanceOfSatisfying(Event.class, event -> {
            assertThat(event.getInvolvedObject().getKind()).isEqualTo("Gateway");
            assertThat(event.getReason()).isEqualTo("NoResources");
            assertThat(event.getMessage()).contains("exceeded quota: none");
        });
    }

    @Test
    void aPodThatDoesNotRunIsToldInTheWordsOfTheScheduler() {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("edge-1")
                .addToLabels("portico.dev/data-plane", "dp")
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withMessage("0/3 nodes are available: 3 Insufficient memory.")
                .endCondition()
                .endStatus()
                .build();
        var state = ClusterState.empty(NOW).with(gateway()).with(pod);
        await().until(() -> {
            own.report(state, SERVED, Map.of("dp", 1L), List.of(), Progress.ELSEWHERE, Set.of(), NOW);
            return !written.isEmpty();
        });
        assertThat(programmed()).isEqualTo("Pending");
        assertThat(status().conditions())
                .extracting(condition -> condition.message())
                .contains("0 of 0 replicas; edge-1: 0/3 nodes are available: 3 Insufficient memory.");

        written.clear();
        own.report(state, SERVED, Map.of("dp", 1L), List.of(SERVING), Progress.ELSEWHERE, Set.of(), NOW);
        assertThat(programmed()).isEqualTo("Programmed");
    }

    @Test
    void aGatewayWithoutListenersIsProgrammedAlthoughItHasNoPods() {
        var template = new Compiled(Map.of(), Map.of(EDGE, report()), Map.of(), Map.of(), List.of());
        var again = own.report(
                ClusterState.empty(NOW).with(gateway()),
                template,
                Map.of(),
                List.of(),
                Progress.ELSEWHERE,
                Set.of(),
                NOW);

        assertThat(programmed()).isEqualTo("Programmed");
        assertThat(again).isEqualTo(Duration.ofHours(1));
    }

    private static GatewayReport report(GatewayReport.ListenerReport... listeners) {
        var accepted = Condition.yes(Condition.ACCEPTED, 1);
        return new GatewayReport(new Origin(EDGE, 1), "dp", List.of(accepted), List.of(listeners), List.of());
    }

    private static Progress progress(long generation, Made.State state, String why) {
        return new Progress(false, Map.of("dp", new Made(generation, state, why)));
    }

    private long statuses() {
        return written.stream().filter(Gateway.class::isInstance).count();
    }

    private GatewayStatus status() {
        return written.stream()
                .filter(Gateway.class::isInstance)
                .map(Gateway.class::cast)
                .findFirst()
                .orElseThrow()
                .getStatus();
    }

    private String programmed() {
        return status().conditions().stream()
                .filter(condition -> condition.type().equals(Condition.PROGRAMMED))
                .map(condition -> condition.reason())
                .findFirst()
                .orElseThrow();
    }

    private static Gateway gateway() {
        var gateway = new Gateway();
        gateway.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName("edge")
                .withUid("u")
                .withGeneration(1L)
                .build());
        gateway.setSpec(new GatewaySpec(List.of(), List.of(), null, null, null));
        return gateway;
    }

    private static Service service(String... addresses) {
        var given = Stream.of(addresses)
                .map(ip -> new LoadBalancerIngressBuilder().withIp(ip).build())
                .toList();
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(Names.of(gateway()))
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .endSpec()
                .withNewStatus()
                .withNewLoadBalancer()
                .withIngress(given)
                .endLoadBalancer()
                .endStatus()
                .build();
    }

    private void report(Ingress ingress, Compiled compiled) {
        var state = ClusterState.empty(NOW).with(ingress);
        reporter.report(state, compiled, Map.of(), List.of(), Progress.ELSEWHERE, Set.of(), NOW);
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
