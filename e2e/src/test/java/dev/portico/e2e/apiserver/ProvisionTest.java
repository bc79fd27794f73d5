package dev.portico.e2e.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portico.e2e.cases.Tree;
import dev.portico.operator.Operator;
import dev.portico.operator.OperatorConfig;
import dev.portico.operator.identity.Identities;
import dev.portico.operator.provision.Provisioner;
import dev.portico.operator.provision.Settings;
import dev.portico.operator.watch.AuthoritySecret;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What an API server holds of the data planes that the operator makes, which may do what its documentation says and no
 * more. No controller of Kubernetes runs: of Deployments a test tells what becomes.
 */
@Tag("api-server")
final class ProvisionTest {
    private static final String OWN = "portico-provision";
    private static final String IMAGE = "example.org/portico-proxy:0.1";
    private static final String SAID = "portico.dev/replicas";
    private static final String USER = "portico-provision";
    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            ServiceAccount.class,
            Secret.class,
            Service.class,
            Deployment.class,
            PodDisruptionBudget.class,
            HorizontalPodAutoscaler.class);

    private static Cluster cluster;
    private static KubernetesClient client;
    private static KubernetesClient asOperator;
    private static Operator operator;
    private static Vertx vertx;

    private final List<HasMetadata> created = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        vertx = Vertx.vertx();
        cluster = Cluster.withCrds();
        client = cluster.client();
        cluster.namespace(OWN);
        allow();
        asOperator = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withImpersonateUsername(USER)
                        .build())
                .build();
        operator = begin();
    }

    private static Operator begin() {
        return Operator.start(
                OperatorConfig.parse(
                        List.of("--namespace=" + OWN, "--watch-namespaces=" + OWN, "--proxy-image=" + IMAGE)),
                asOperator,
                problems -> {});
    }

    /** Of what docs/operator.md says as much as is needed here: without policies and Ingresses. */
    private static void allow() {
        client.load(new ByteArrayInputStream("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: %1$s, namespace: %1$s}
                rules:
                - {apiGroups: [coordination.k8s.io], resources: [leases], verbs: [create]}
                - {apiGroups: [coordination.k8s.io], resources: [leases], resourceNames: [portico-operator], verbs: [get, update]}
                - {apiGroups: [""], resources: [secrets], resourceNames: [portico-authority], verbs: [update]}
                - {apiGroups: [""], resources: [secrets, services, configmaps, pods], verbs: [list, watch]}
                - {apiGroups: [discovery.k8s.io], resources: [endpointslices], verbs: [list, watch]}
                - {apiGroups: [networking.k8s.io], resources: [ingresses], verbs: [list, watch]}
                - {apiGroups: [portico.dev], resources: [gateways, ratelimits, backendpolicies], verbs: [list, watch]}
                - {apiGroups: [portico.dev], resources: [gateways/status], verbs: [update]}
                - {apiGroups: [""], resources: [events], verbs: [create]}
                - {apiGroups: [""], resources: [secrets], verbs: [get, create, patch, delete]}
                - {apiGroups: [""], resources: [services, serviceaccounts], verbs: [list, watch, create, patch, delete]}
                - {apiGroups: [apps], resources: [deployments], verbs: [list, watch, create, patch, delete]}
                - {apiGroups: [policy], resources: [poddisruptionbudgets], verbs: [list, watch, create, patch, delete]}
                - {apiGroups: [autoscaling], resources: [horizontalpodautoscalers], verbs: [list, watch, create, patch, delete]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: %1$s, namespace: %1$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %1$s}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %2$s}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: %1$s}
                rules:
                - {apiGroups: [networking.k8s.io], resources: [ingressclasses], verbs: [list, watch]}
                - {apiGroups: [""], resources: [namespaces], resourceNames: [%1$s], verbs: [list, watch]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: %1$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %1$s}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %2$s}]
                """.formatted(OWN, USER).getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(object -> client.resource(object).serverSideApply());
    }

    @AfterAll
    static void end() throws IOException {
        operator.close();
        asOperator.close();
        // A schema that a test opened is closed again.
        Cluster.withCrds().close();
        cluster.close();
        vertx.close().await();
    }

    /** As the garbage collector would. */
    @AfterEach
    void collect() {
        cluster.delete(created);
        for (HasMetadata gone : created) {
            Awaitility.await().until(() -> client.resource(gone).get() == null);
            all(gone).forEach(child -> client.resource(child).delete());
        }
    }

    @Test
    void aGatewayOwnsAllThatIsMadeForIt() {
        var gateway = gateway("owner", "{}");
        var deployment = await(Deployment.class, gateway);
        await().until(() -> all(gateway).size() == 5);

        assertThat(all(gateway)).allSatisfy(child -> {
            assertThat(child.getMetadata().getNamespace()).isEqualTo(OWN);
            assertThat(child.getMetadata().getOwnerReferences())
                    .extracting(OwnerReference::getKind, OwnerReference::getUid)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(
                            "Gateway", gateway.getMetadata().getUid()));
            assertThat(child.getMetadata().getManagedFields())
                    .extracting(field -> field.getManager())
                    .contains("portico.dev/operator");
        });
        await().until(() -> replicas(gateway) == 2);
        assertThat(deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage())
                .isEqualTo(IMAGE);
        assertThat(deployment.getSpec().getTemplate().getSpec().getAutomountServiceAccountToken())
                .isFalse();
        assertThat(await(ServiceAccount.class, gateway).getAutomountServiceAccountToken())
                .isFalse();
        assertThat(await(Secret.class, gateway).getData()).containsOnlyKeys("ca.crt", "tls.crt", "tls.key");
    }

    @Test
    void anOperatorThatComesAfterAnotherGoesOnWithItsDataPlanes() {
        var gateway = gateway("inherited", "{}");
        await().until(() -> all(gateway).size() == 5);
        operator.close();
        operator = begin();
        spec(gateway, "{labels: {edited: \"1\"}}");
        await().until(() -> "1".equals(label(gateway, "edited")));
    }

    @Test
    void theOperatorMayNotEvenGetWhatItMakes() {
        var gateway = gateway("denied", "{}");
        var deployment = await(Deployment.class, gateway);
        assertThatThrownBy(() -> asOperator.resource(deployment).get()).hasMessageContaining("forbidden");
    }

    @Test
    void whatOthersChangeIsPutRight() {
        var gateway = gateway("drift", "{}");
        // The last that is done of its own accord to the Deployment.
        await().until(() -> replicas(gateway) == 2 && all(gateway).size() == 5);
        var deployment = await(Deployment.class, gateway);
        client.resource(deployment).edit(drifted -> {
            drifted.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage("example.org/other");
            drifted.getMetadata().getLabels().put("example.org/of-others", "stays");
            return drifted;
        });
        client.resource(await(Service.class, gateway)).delete();
        client.resource(await(Secret.class, gateway)).edit(secret -> {
            secret.getData().put("tls.key", "");
            secret.getData().remove("ca.crt");
            return secret;
        });

        await().untilAsserted(() -> {
            var now = await(Deployment.class, gateway);
            assertThat(now.getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .getFirst()
                            .getImage())
                    .isEqualTo(IMAGE);
            assertThat(now.getMetadata().getLabels()).containsEntry("example.org/of-others", "stays");
            assertThat(child(Service.class, gateway)).isPresent();
            assertThat(await(Secret.class, gateway).getData().get("tls.key")).isNotEmpty();
        });
    }

    @Test
    void anObjectThatLostItsOwnerGetsItBack() {
        var gateway = gateway("disowned", "{}");
        await().until(() -> all(gateway).size() == 5);
        client.resource(await(Deployment.class, gateway)).edit(deployment -> {
            deployment.getMetadata().setOwnerReferences(List.of());
            return deployment;
        });
        await().until(() -> !await(Deployment.class, gateway)
                .getMetadata()
                .getOwnerReferences()
                .isEmpty());
    }

    @Test
    void aDataPlaneThatWasScaledByHandStaysSoAndItsGatewayDoesNotFlap() throws IOException {
        var gateway = gateway("scaled", "{replicas: 2, service: {type: ClusterIP}}");
        await().until(() -> replicas(gateway) == 2);
        try (var _ = pod(gateway);
                var seen = Conditions.watch(client, gateway)) {
            rollOut(gateway);
            await().until(() -> seen.wasProgrammed(1));
            client.resource(await(Deployment.class, gateway)).scale(3);
            spec(gateway, "{replicas: 2, labels: {edited: \"1\"}, service: {type: ClusterIP}}");
            await().until(() -> "1".equals(label(gateway, "edited")));
            assertThat(replicas(gateway)).isEqualTo(3);
            rollOut(gateway);
            await().until(() -> seen.wasProgrammed(2));

            spec(gateway, "{replicas: 4, labels: {edited: \"2\"}, service: {type: ClusterIP}}");
            await().until(() -> replicas(gateway) == 4);
            rollOut(gateway);
            await().until(() -> seen.wasProgrammed(3));
            assertThat(seen.flaps()).isEmpty();
        }
    }

    @Test
    void aNumberOfPodsThatIsSaidAgainIsCarriedOutAgainAndOneThatIsNoLongerSaidStays() {
        var gateway = gateway("said", "{replicas: 3}");
        await().until(() -> replicas(gateway) == 3);
        client.resource(await(Deployment.class, gateway)).scale(5);

        spec(gateway, "{labels: {edited: \"1\"}}");
        await().until(() -> said(gateway).equals("any"));
        assertThat(replicas(gateway)).isEqualTo(5);

        spec(gateway, "{replicas: 3}");
        await().until(() -> replicas(gateway) == 3);
        client.resource(await(Deployment.class, gateway)).edit(deployment -> {
            deployment.getMetadata().getAnnotations().remove(SAID);
            deployment.getSpec().setReplicas(6);
            return deployment;
        });
        await().until(() -> said(gateway).equals("3"));
        assertThat(replicas(gateway)).isEqualTo(6);
    }

    @Test
    void aGatewayWhosePortsAreAllTakenKeepsWhatWasMade() {
        var gateway = gateway("typing-error", "{}");
        await().until(() -> all(gateway).size() == 5);
        var made = uids(gateway);

        var mistaken = declared("typing-error", "{labels: {edited: \"1\"}}");
        Tree.of(mistaken).trees("spec", "listeners").getFirst().map().put("port", 9080);
        cluster.replace(mistaken);
        await().until(() -> programmed(gateway).endsWith("of generation 2"));
        assertThat(programmed(gateway)).startsWith("False");
        // What is edited next is handled after it.
        spec(gateway, "{labels: {edited: \"2\"}}");
        await().until(() -> "2".equals(label(gateway, "edited")));
        assertThat(uids(gateway)).isEqualTo(made);
    }

    @Test
    void anEditThatAQuotaRefusesIsNotProgrammedAlthoughAllPodsServe() throws IOException {
        var gateway = gateway("over-quota", "{service: {type: ClusterIP}}");
        await().until(() -> replicas(gateway) == 2);
        try (var _ = pod(gateway);
                var seen = Conditions.watch(client, gateway)) {
            rollOut(gateway);
            await().until(() -> seen.wasProgrammed(1));

            spec(gateway, "{service: {type: ClusterIP}, replicas: 5}");
            await().until(() -> replicas(gateway) == 5);
            refusePods(gateway, "exceeded quota: three pods");
            await().until(() -> programmed(gateway).contains("exceeded quota: three pods of generation 2"));
            assertThat(programmed(gateway)).startsWith("False NoResources");
            assertThat(seen.wasProgrammed(2)).isFalse();
        }
    }

    @Test
    void whoeverChangesAnObjectBackEachTimeCostsFewWrites() {
        var gateway = gateway("fought", "{annotations: {example.org/fought: ours}, service: {type: ClusterIP}}");
        var deployment = await(Deployment.class, gateway);
        var turns = new AtomicInteger();
        var fight = client.resource(deployment).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Deployment now) {
                onUpdate(now, now);
            }

            @Override
            public void onUpdate(Deployment before, Deployment now) {
                if ("ours".equals(now.getMetadata().getAnnotations().get("example.org/fought"))) {
                    turns.incrementAndGet();
                    client.resource(now)
                            .patch(
                                    PatchContext.of(PatchType.JSON_MERGE),
                                    "{\"metadata\": {\"annotations\": {\"example.org/fought\": \"theirs\"}}}");
                }
            }

            @Override
            public void onDelete(Deployment gone, boolean unknown) {}
        });
        try {
            var began = System.nanoTime();
            // Without a limit that takes a second.
            await().until(() -> turns.get() >= 15);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(5));
        } finally {
            fight.close();
        }
    }

    @Test
    void aGatewayThatBecomesATemplateLosesItsPodsAndIsProgrammed() {
        var gateway = gateway("template", "{}");
        await().until(() -> all(gateway).size() == 5);

        cluster.replace(Map.of(
                "apiVersion",
                gateway.getApiVersion(),
                "kind",
                gateway.getKind(),
                "metadata",
                Map.of("namespace", OWN, "name", "template"),
                "spec",
                Map.of()));
        await().until(() -> all(gateway).isEmpty() && programmed(gateway).startsWith("True"));
    }

    @Test
    void anAutoscalerComesAndGoesAsTheGatewaySays() {
        var gateway = gateway("autoscaled", "{autoscaling: {minReplicas: 3, maxReplicas: 5}}");
        await().until(() -> child(HorizontalPodAutoscaler.class, gateway).isPresent() && replicas(gateway) == 3);

        spec(gateway, "{}");
        await().until(() -> child(HorizontalPodAutoscaler.class, gateway).isEmpty());
        assertThat(replicas(gateway)).isEqualTo(3);
    }

    @Test
    void aGatewayIsReachedWhereItsLoadBalancerSays() throws IOException {
        var gateway = gateway("addressed", "{}");
        var service = await(Service.class, gateway);
        try (var _ = pod(gateway)) {
            rollOut(gateway);
            await().until(() -> programmed(gateway).contains("AddressNotAssigned"));
            client.resource(service).editStatus(given -> {
                given.getStatus()
                        .getLoadBalancer()
                        .setIngress(List.of(new LoadBalancerIngressBuilder()
                                .withIp("198.18.0.7")
                                .withIpMode("VIP")
                                .build()));
                return given;
            });
            await().until(() -> programmed(gateway).startsWith("True"));
            assertThat(cluster.now(gateway).trees("status", "addresses"))
                    .extracting(address -> address.text("value"))
                    .containsExactly("198.18.0.7");
        }
    }

    @Test
    void anAuthorityThatWasDeletedIsMadeAnewAndWithItTheIdentitiesOfAllDataPlanes() {
        var namespace = "portico-leaked";
        cluster.namespace(namespace);
        var later = new AtomicReference<>(Duration.ZERO);
        var identities = new Identities(
                new AuthoritySecret(client, namespace), () -> Instant.now().plus(later.get()));
        var settings = new Settings(IMAGE, Set.of(), Set.of(namespace));
        try (var provisioner = Provisioner.start(
                client, identities, settings, made -> made.getMetadata().getUid(), () -> true, () -> {})) {
            provisioner.lead(true);
            var gateway = cluster.apply("""
                    apiVersion: portico.dev/v1alpha1
                    kind: Gateway
                    metadata: {namespace: %s, name: edge}
                    spec: {listeners: [{name: web, port: 80, protocol: HTTP}]}
                    """.formatted(namespace));
            created.add(gateway);
            await().until(() -> !authority(gateway).isEmpty());
            var leaked = authority(gateway);
            client.secrets()
                    .inNamespace(namespace)
                    .withName("portico-authority")
                    .delete();
            // For so long it need not be read again.
            later.set(Duration.ofMinutes(1));
            await().until(() -> !authority(gateway).equals(leaked));
        }
    }

    private static String authority(HasMetadata gateway) {
        return child(Secret.class, gateway)
                .map(Secret::getData)
                .map(data -> data.getOrDefault("ca.crt", ""))
                .orElse("");
    }

    @Test
    void aQuotaThatIsExceededIsToldInTheWordsOfTheApiServerUntilThereIsRoom() throws IOException, InterruptedException {
        var quota = quota(0);
        var gateway = gateway("refused", "{}");
        await().until(() -> programmed(gateway).contains("NoResources"));
        assertThat(programmed(gateway)).contains("exceeded quota: none");
        assertThat(metrics()).contains("portico_operator_refused_data_planes 1.0\n");

        client.resource(quota).delete();
        await().until(() -> programmed(gateway).contains("Pending"));
        assertThat(child(Deployment.class, gateway)).isPresent();
    }

    @Test
    void aGatewayThatCannotBeReadStopsNoOther() {
        cluster.openHostPorts();
        var other = gateway("sound", "{}");
        await().until(() -> child(Deployment.class, other).isPresent());
        var unreadable = gateway("unreadable", "{hostPorts: Perhaps}");

        spec(other, "{labels: {edited: \"1\"}}");
        await().until(() -> "1".equals(label(other, "edited")));
        assertThat(all(unreadable)).isEmpty();
    }

    private static ResourceQuota quota(int deployments) {
        var hard = Map.of("count/deployments.apps", new Quantity(Integer.toString(deployments)));
        var quota = client.resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace(OWN)
                        .withName("none")
                        .endMetadata()
                        .withNewSpec()
                        .withHard(hard)
                        .endSpec()
                        .build())
                .create();
        // As the quota's controller would.
        quota.setStatus(new ResourceQuotaBuilder()
                .withNewStatus()
                .withHard(hard)
                .withUsed(Map.of("count/deployments.apps", new Quantity("0")))
                .endStatus()
                .build()
                .getStatus());
        return client.resource(quota).updateStatus();
    }

    private HasMetadata gateway(String name, String infrastructure) {
        var gateway = cluster.create(declared(name, infrastructure));
        created.add(gateway);
        return gateway;
    }

    private static Map<String, Object> declared(String name, String infrastructure) {
        return Tree.of(client.getKubernetesSerialization()
                        .unmarshal("""
                apiVersion: portico.dev/v1alpha1
                kind: Gateway
                metadata: {namespace: %s, name: %s}
                spec:
                  listeners: [{name: web, port: 80, protocol: HTTP}]
                  infrastructure: %s
                """.formatted(OWN, name, infrastructure), Map.class))
                .map();
    }

    private static void spec(HasMetadata gateway, String infrastructure) {
        cluster.replace(declared(gateway.getMetadata().getName(), infrastructure));
    }

    private static StubPod pod(HasMetadata gateway) throws IOException {
        var identities = new Identities(new AuthoritySecret(client, OWN), InstantSource.system());
        var uid = gateway.getMetadata().getUid();
        return StubPod.start(vertx, identities.dataPlane(uid, null), cluster, OWN, uid);
    }

    /** As the Deployment's controller would, once all pods are there. */
    private static void rollOut(HasMetadata gateway) {
        // What is made after the Deployment is there: nothing more is done to it of its own accord.
        await().until(() -> all(gateway).size() == 5);
        client.resource(await(Deployment.class, gateway)).editStatus(deployment -> {
            var pods = deployment.getSpec().getReplicas();
            return new DeploymentBuilder(deployment)
                    .withNewStatus()
                    .withObservedGeneration(deployment.getMetadata().getGeneration())
                    .withReplicas(pods)
                    .withUpdatedReplicas(pods)
                    .endStatus()
                    .build();
        });
    }

    /** As the Deployment's controller would, where more pods are refused. */
    private static void refusePods(HasMetadata gateway, String why) {
        client.resource(await(Deployment.class, gateway))
                .editStatus(deployment -> new DeploymentBuilder(deployment)
                        .editStatus()
                        .withObservedGeneration(deployment.getMetadata().getGeneration())
                        .addNewCondition()
                        .withType("ReplicaFailure")
                        .withStatus("True")
                        .withReason("FailedCreate")
                        .withMessage(why)
                        .endCondition()
                        .endStatus()
                        .build());
    }

    private static String metrics() throws IOException, InterruptedException {
        var port = operator.openAdmin("127.0.0.1", 0);
        try (var asker = HttpClient.newHttpClient()) {
            var metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
            return asker.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static String said(HasMetadata gateway) {
        return await(Deployment.class, gateway).getMetadata().getAnnotations().getOrDefault(SAID, "");
    }

    private static String programmed(HasMetadata gateway) {
        return Conditions.of(cluster.now(gateway)).stream()
                .filter(seen -> seen.type().equals("Programmed"))
                .map(seen -> seen.status() + " " + seen.why() + " of generation " + seen.generation())
                .findFirst()
                .orElse("");
    }

    private static int replicas(HasMetadata gateway) {
        return child(Deployment.class, gateway)
                .map(deployment -> deployment.getSpec().getReplicas())
                .orElse(0);
    }

    private static String label(HasMetadata gateway, String key) {
        return await(Deployment.class, gateway).getMetadata().getLabels().getOrDefault(key, "");
    }

    private static <T extends HasMetadata> T await(Class<T> kind, HasMetadata gateway) {
        await().until(() -> child(kind, gateway).isPresent());
        return child(kind, gateway).orElseThrow();
    }

    private static List<HasMetadata> all(HasMetadata gateway) {
        return KINDS.stream()
                .<HasMetadata>flatMap(kind -> children(kind, gateway))
                .toList();
    }

    private static List<String> uids(HasMetadata gateway) {
        return all(gateway).stream().map(child -> child.getMetadata().getUid()).toList();
    }

    private static <T extends HasMetadata> Optional<T> child(Class<T> kind, HasMetadata gateway) {
        return children(kind, gateway).findFirst();
    }

    private static <T extends HasMetadata> Stream<T> children(Class<T> kind, HasMetadata gateway) {
        return client
                .resources(kind)
                .inNamespace(gateway.getMetadata().getNamespace())
                .withLabel("app.kubernetes.io/managed-by", "portico")
                .withLabel("portico.dev/data-plane", gateway.getMetadata().getUid())
                .list()
                .getItems()
                .stream();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }
}
