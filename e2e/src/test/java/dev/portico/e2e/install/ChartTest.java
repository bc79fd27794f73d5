package dev.portico.e2e.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.portico.e2e.apiserver.Cluster;
import dev.portico.e2e.cases.Tree;
import dev.portico.operator.OperatorConfig;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart becomes with several values, and what an API server says to it. */
@Tag("api-server")
final class ChartTest {
    private static final String NAMESPACE = "chart";
    private static final String VERSION = "portico.dev/schema-version";

    private static Cluster cluster;

    @TempDir
    private Path directory;

    @BeforeAll
    static void install() throws IOException {
        cluster = Cluster.withCrds();
        for (String namespace : List.of(NAMESPACE, "chart-shop", "chart-team")) {
            cluster.client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                            .endMetadata()
                            .build())
                    .serverSideApply();
        }
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    void helmFindsNothingToComplainOf() throws IOException {
        assertThat(Command.output("helm", "lint", "--strict", Chart.PATH)).contains("0 chart(s) failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway.enabled=true",
                "gateway.enabled=false",
                "watchNamespaces={chart-shop,chart-team}",
                "gateway.service.type=NodePort,gateway.service.externalTrafficPolicy=Cluster",
                "gateway.hostPort.enabled=true,gateway.service.type=ClusterIP,gateway.replicaCount=1",
                "rbac.create=false,serviceAccount.create=false,serviceAccount.name=mine,networkPolicy.enabled=false"
            })
    void anApiServerTakesWhatTheChartMakes(String values) throws IOException {
        assertThat(rendered("--set", values).objects())
                .isNotEmpty()
                .allSatisfy(object -> assertThatCode(() -> cluster.judge(object.map()))
                        .as("%s", object)
                        .doesNotThrowAnyException());
    }

    @Test
    void anApiServerTakesItWithAllValuesSet() throws IOException {
        var objects = rendered("--values", "e2e/src/test/resources/install/all-values.yaml")
                .objects();
        assertThat(objects)
                .filteredOn(object -> !isOfPrometheus(object))
                .allSatisfy(object -> assertThatCode(() -> cluster.judge(object.map()))
                        .as("%s", object)
                        .doesNotThrowAnyException());
        assertThat(objects)
                .filteredOn(ChartTest::isOfPrometheus)
                .extracting(object -> object.text("kind"))
                .containsExactlyInAnyOrder("ServiceMonitor", "PodMonitor");
    }

    // Their CRDs are not ours to install.
    private static boolean isOfPrometheus(Tree object) {
        return object.text("apiVersion").startsWith("monitoring.coreos.com/");
    }

    @Test
    void thePodsOfTheOperatorMayRunWherePodSecurityIsRestricted() throws IOException {
        Tree deployment = rendered().only("Deployment");
        Map<String, Object> pod = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Map.of("name", "operator", "namespace", NAMESPACE),
                "spec",
                deployment.tree("spec", "template", "spec").map());
        assertThatCode(() -> cluster.judge(pod)).doesNotThrowAnyException();
    }

    @Test
    void withListedNamespacesTheOperatorHasRolesThereAndHardlyAnyInTheCluster() throws IOException {
        Chart chart = rendered("--set", "watchNamespaces={chart-shop,chart-team}");
        List<Tree> objects = chart.objects();
        var watched = Right.documented("watched namespaces, or all");

        assertThat(objects)
                .filteredOn(object -> object.is("Role"))
                .extracting(role -> role.text("metadata", "namespace"))
                .containsExactlyInAnyOrder(NAMESPACE, NAMESPACE, "chart-shop", "chart-team", "default");
        assertThat(rights(objects, "chart-shop")).isEqualTo(watched);
        assertThat(rights(objects, "chart-team")).isEqualTo(watched);
        assertThat(rights(objects, "default")).isEqualTo(Right.documented("`default`"));
        assertThat(rights(objects, NAMESPACE))
                .isEqualTo(Right.documented("watched namespaces, or all", "its own namespace"));
        assertThat(Right.of(List.of(chart.only("ClusterRole"))))
                .containsExactlyInAnyOrder(
                        new Right("list", "ingressclasses.networking.k8s.io", ""),
                        new Right("watch", "ingressclasses.networking.k8s.io", ""),
                        new Right("list", "namespaces", NAMESPACE),
                        new Right("watch", "namespaces", NAMESPACE),
                        new Right("list", "namespaces", "chart-shop"),
                        new Right("watch", "namespaces", "chart-shop"),
                        new Right("list", "namespaces", "chart-team"),
                        new Right("watch", "namespaces", "chart-team"));
        assertThat(chart.arguments()).contains("--watch-namespaces=chart-shop,chart-team");
    }

    private static Set<Right> rights(List<Tree> objects, String namespace) {
        return Right.of(objects.stream()
                .filter(object -> object.is("Role"))
                .filter(role -> role.text("metadata", "namespace").equals(namespace))
                .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gateway.replicas=3           | at '/gateway': additional properties 'replicas' not allowed
                    operator.replicaCount=0      | at '/operator/replicaCount': minimum: got 0, want 1
                    gateway.service.type=Other   | at '/gateway/service/type': value must be one of
                    watchNamespaces={A_b}        | at '/watchNamespaces/0': 'A_b' does not match pattern
                    proxy.image.digest=latest    | at '/proxy/image/digest': 'latest' does not match pattern
                    serviceAccount.create=false  | serviceAccount.name: expected a name where serviceAccount.create is false
                    """)
    void aValueThatIsWrongIsRefusedByName(String values, String complaint) throws IOException {
        Command refused = Command.run("helm", "template", "portico", Chart.PATH, "--set", values);
        assertThat(refused.status()).isNotZero();
        assertThat(refused.err()).contains(complaint);
    }

    @Test
    void anImageIsNamedByItsDigestWhereThereIsOne() throws IOException {
        var digest = "sha256:" + "0".repeat(64);
        Chart chart = rendered(
                "--set",
                "global.image.registry=example.org/team,operator.image.digest=" + digest
                        + ",proxy.image.registry=example.net,proxy.image.tag=v7");
        assertThat(chart.container().text("image")).isEqualTo("example.org/team/portico-operator@" + digest);
        assertThat(chart.arguments()).contains("--proxy-image=example.net/portico-proxy:v7");
    }

    @Test
    void theOperatorTakesTheArgumentsOfTheChart() throws IOException {
        Chart chart = rendered("--set", "watchNamespaces={chart-shop},publishAddresses={192.0.2.1,edge.example.org}");
        assertThatCode(() -> OperatorConfig.parse(chart.arguments())).doesNotThrowAnyException();
    }

    @Test
    void aReleaseIsRefusedWhereCrdsAreOlderAndLeavesOnlyThemAndTheNamespace() throws IOException {
        schemaVersion("0");
        try {
            Command refused = helmInstall();
            assertThat(refused.status()).isNotZero();
            assertThat(refused.err())
                    .contains("gateways.portico.dev: portico.dev/schema-version is 0, expected 1; upgrade it first: ");
        } finally {
            String crds = Command.output("helm", "show", "crds", Chart.PATH);
            Path file = Files.writeString(directory.resolve("crds.yaml"), crds);
            Command.output("kubectl", "apply", "--server-side", "--force-conflicts", "-f", file.toString());
        }
        assertThat(helmInstall().status()).isZero();
        assertThat(labelled()).isNotEmpty();
        Command.output("helm", "uninstall", "chart", "--namespace", NAMESPACE);
        assertThat(labelled()).isEmpty();
    }

    @AfterEach
    void uninstall() throws IOException {
        Command.output("helm", "uninstall", "chart", "--namespace", NAMESPACE, "--ignore-not-found");
    }

    private static Command helmInstall() throws IOException {
        return Command.run("helm", "install", "chart", Chart.PATH, "--namespace", NAMESPACE);
    }

    private static void schemaVersion(String version) {
        cluster.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("gateways.portico.dev")
                .edit(crd -> {
                    crd.getMetadata().getAnnotations().put(VERSION, version);
                    return crd;
                });
    }

    private static List<String> labelled() throws IOException {
        var kinds =
                "deployments,pdb,serviceaccounts,networkpolicies,roles,rolebindings,clusterroles,clusterrolebindings,"
                        + "ingressclasses,gateways.portico.dev";
        return Command.output(
                        "kubectl",
                        "get",
                        kinds,
                        "--all-namespaces",
                        "-o",
                        "name",
                        "-l",
                        "app.kubernetes.io/part-of=portico")
                .lines()
                .toList();
    }

    private static Chart rendered(String... options) throws IOException {
        return Chart.rendered(NAMESPACE, options);
    }
}
