package dev.portico.e2e.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.e2e.apiserver.Cluster;
import dev.portico.e2e.cases.Tree;
import dev.portico.operator.Operator;
import dev.portico.operator.OperatorConfig;
import dev.portico.operator.watch.AuthoritySecret;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart lets an operator do, held against what one does that runs with its service account. */
@Tag("api-server")
final class RightsTest {
    private static final String OWN = "rights";
    private static final List<String> NAMESPACES = List.of(OWN, "rights-shop");
    private static final String OBJECTS = "e2e/src/test/resources/install/rights.yaml";
    private static final String TEMPLATE = "[{\"op\": \"replace\", \"path\": \"/spec\", \"value\": {}}]";
    /** An authority is renewed when two thirds of its year are over. */
    private static final Duration OLD = Duration.ofDays(250);

    private static Cluster cluster;
    private static KubernetesClient client;

    private List<Tree> installed = List.of();

    @BeforeAll
    static void start() throws IOException {
        cluster = Cluster.withCrds();
        client = cluster.client();
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @BeforeEach
    void clear() {
        NAMESPACES.forEach(cluster::namespace);
        client.leases().inNamespace(OWN).delete();
        client.secrets().inNamespace(OWN).delete();
    }

    @AfterEach
    void uninstall() throws IOException {
        for (String namespace : NAMESPACES) {
            Command.output("kubectl", "delete", "--ignore-not-found", "-n", namespace, "-f", OBJECTS);
        }
        installed.forEach(
                object -> client.resource(cluster.generic(object.map())).delete());
    }

    @ParameterizedTest
    @ValueSource(strings = {"watchNamespaces=null", "watchNamespaces={rights-shop}"})
    void theOperatorDoesAllThatTheChartLetsItDoAndAsksForNoMore(String namespaces) throws IOException {
        var chart =
                Chart.rendered(OWN, "--set", "gateway.enabled=false,publishAddresses={192.0.2.1}", "--set", namespaces);
        List<Grant> grants = Grant.of(chart);
        assertThat(grants).hasSizeGreaterThan(50);
        install(chart);
        var audit = Audit.fromNow();
        try (var account = account(chart.only("ServiceAccount").text("metadata", "name"))) {
            try (var _ = operator(chart, account)) {
                for (String namespace : NAMESPACES) {
                    Command.output("kubectl", "apply", "-n", namespace, "-f", OBJECTS);
                }
                awaitUsed(grants, audit, List.of("delete", "update"));
            }
            client.secrets().inNamespace(OWN).withName("portico-authority").delete();
            new AuthoritySecret(client, OWN).readOrCreate(Instant.now().minus(OLD));
            try (var _ = operator(chart, account)) {
                awaitUsed(grants, audit, List.of("delete"));
                for (String namespace : NAMESPACES) {
                    Command.output("kubectl", "patch", "pgw", "edge", "-n", namespace, "--type=json", "-p", TEMPLATE);
                }
                awaitUsed(grants, audit, List.of());
            }
        }
        assertThat(audit.requests()).filteredOn(Audit.Request::refused).isEmpty();
    }

    private void install(Chart chart) {
        installed = chart.objects().stream()
                .filter(object -> object.is("ServiceAccount")
                        || object.text("apiVersion").startsWith("rbac.authorization.k8s.io/"))
                .toList();
        installed.forEach(
                object -> client.resource(cluster.generic(object.map())).serverSideApply());
    }

    private static KubernetesClient account(String name) {
        TokenRequest granted = client.serviceAccounts()
                .inNamespace(OWN)
                .withName(name)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3_600L)
                        .endSpec()
                        .build());
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withAutoConfigure(false)
                        .withClientCertData(null)
                        .withClientCertFile(null)
                        .withClientKeyData(null)
                        .withClientKeyFile(null)
                        .withOauthToken(granted.getStatus().getToken())
                        .build())
                .build();
    }

    private static Operator operator(Chart chart, KubernetesClient account) {
        return Operator.start(OperatorConfig.parse(chart.arguments()), account, problems -> {});
    }

    private static void awaitUsed(List<Grant> grants, Audit audit, List<String> verbsOfLater) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    List<Audit.Request> requests = audit.requests();
                    assertThat(grants)
                            .filteredOn(grant ->
                                    !verbsOfLater.contains(grant.right().verb()))
                            .filteredOn(grant -> requests.stream().noneMatch(grant::covers))
                            .as("granted and not used by any of %d sorts of requests", requests.size())
                            .isEmpty();
                });
    }
}
