package dev.portico.e2e.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.e2e.apiserver.Cluster;
import dev.portico.e2e.requests.Ask;
import dev.portico.e2e.requests.Requests;
import dev.portico.e2e.sockets.Asker;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The commands of docs/install.md, on a cluster where Portico is not, and what they leave when they are taken back. */
@Tag("install")
final class InstallTest {
    private static final String PORTICO = "portico-system";
    private static final String RESTRICTED = "pod-security.kubernetes.io/enforce=restricted";
    private static final String INGRESS = "e2e/src/test/resources/install/ingress.yaml";
    private static final String CLASS_OF_THE_CHART = "{\"spec\": {\"ingressClassName\": \"portico\"}}";
    private static final String SHOP = """
            GET http://docs.example.org/ -> 200 docs
            GET http://shop.example.org/x -> 308
            [h1 h2] GET https://shop.example.org/cart -> 200 cart
            """;
    /** With what every namespace has, and what the API server makes for CRDs. */
    private static final String[] LEFT = {
        "APIService v1alpha1.portico.dev",
        "ConfigMap portico-system/kube-root-ca.crt",
        "CustomResourceDefinition backendpolicies.portico.dev",
        "CustomResourceDefinition gateways.portico.dev",
        "CustomResourceDefinition ratelimits.portico.dev",
        "Lease portico-system/portico-operator",
        "Namespace portico-system",
        "Secret portico-system/portico-authority",
        "ServiceAccount portico-system/default"
    };

    private static Vertx vertx;
    private static Cluster cluster;

    private Set<String> before = Set.of();

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        cluster = Cluster.given();
    }

    @AfterAll
    static void end() {
        cluster.close();
        vertx.close().await();
    }

    @BeforeEach
    void isFresh() {
        before = Inventory.of(cluster.client());
        assertThat(before)
                .as("objects of an installation that is there already")
                .noneMatch(name -> name.contains("portico"));
    }

    @AfterEach
    void clear(TestInfo test) throws IOException {
        Command.run(
                "logs",
                "e2e/target/install/" + test.getTestMethod().orElseThrow().getName());
        Command.run("helm", "uninstall", "portico", "--namespace", PORTICO, "--ignore-not-found");
        for (String namespace : List.of("shop", "team", PORTICO)) {
            delete("namespace", namespace, "--wait=false");
            // Nobody is left for whom they would drain; and a namespace in which pods do is looked at again a minute
            // later.
            delete("pods", "--all", "--namespace", namespace, "--force", "--grace-period=0");
        }
        delete("ingressclass", "shop");
        // Complains where the kinds are gone already.
        for (String manifest : List.of("gateway", "install")) {
            Command.run("kubectl", "delete", "--ignore-not-found", "-f", "deploy/manifests/" + manifest + ".yaml");
        }
        await().untilAsserted(() -> assertThat(fresh()).isEmpty());
    }

    private static void delete(String... what) throws IOException {
        var words = new ArrayList<>(List.of("kubectl", "delete", "--ignore-not-found"));
        words.addAll(List.of(what));
        Command.output(words.toArray(String[]::new));
    }

    @Test
    void helmInstallsWhatServesAndLeavesOnlyWhatItsNotesName() throws IOException {
        namespace(PORTICO);
        Command.output("kubectl", "label", "namespace", PORTICO, RESTRICTED);
        helmInstall();
        String notes = Command.output("helm", "get", "notes", "portico", "--namespace", PORTICO);
        theShopIsServed();
        ingressesOfTheClassAreServed();
        nothingWasForbidden();

        Command.output("helm", "uninstall", "portico", "--namespace", PORTICO);
        await().untilAsserted(() ->
                assertThat(fresh()).filteredOn(name -> !isOfUsers(name)).containsExactlyInAnyOrder(LEFT));
        assertThat(notes)
                .contains("the CustomResourceDefinitions gateways, ratelimits and backendpolicies of portico.dev")
                .contains("the Secret portico-authority and the Lease portico-operator in namespace " + PORTICO);
        asks("shop/edge", SHOP);
    }

    @Test
    void kubectlInstallsWhatServesAndDeletesAllOfIt() throws IOException {
        Command.output("kubectl", "apply", "-f", "deploy/manifests/install.yaml");
        Command.output("kubectl", "apply", "-f", "deploy/manifests/gateway.yaml");
        theShopIsServed();
        ingressesOfTheClassAreServed();
        nothingWasForbidden();

        delete("gateways.portico.dev", "--all", "--all-namespaces");
        delete("-f", INGRESS, "-f", "docs/examples/shop");
        delete("-f", "deploy/manifests/gateway.yaml", "-f", "deploy/manifests/install.yaml");
        await().untilAsserted(() -> assertThat(fresh()).isEmpty());
    }

    @Test
    void hostPortsServeWithoutALoadBalancer() throws IOException {
        namespace(PORTICO);
        helmInstall(
                "--set", "gateway.hostPort.enabled=true",
                "--set", "gateway.service.type=ClusterIP",
                "--set", "gateway.replicaCount=1",
                "--set", "operator.replicaCount=1");
        Command.output("kubectl", "apply", "-f", "docs/examples/shop");
        Command.output("kubectl", "patch", "ingress", "docs", "-n", "shop", "--type=merge", "-p", CLASS_OF_THE_CHART);
        asks(PORTICO + "/portico", "GET http://docs.example.org/ -> 200 docs");
        assertThat(Command.output("kubectl", "get", "nodes", "-o", "wide")).contains(address(PORTICO + "/portico"));
    }

    @Test
    void onlyListedNamespacesAreServed() throws IOException {
        for (String name : List.of(PORTICO, "shop", "team")) {
            namespace(name);
        }
        helmInstall("--set", "watchNamespaces={shop}", "--set", "gateway.enabled=false");
        cluster.redirect("team", 80, "team.example.org");
        theShopIsServed();
        nothingWasForbidden();
        assertThat(Command.output("kubectl", "get", "all", "-n", "team", "-o", "name"))
                .isEmpty();
    }

    private static void namespace(String name) throws IOException {
        Command.output("kubectl", "create", "namespace", name);
    }

    private static void helmInstall(String... options) throws IOException {
        var words =
                new ArrayList<>(List.of("helm", "install", "portico", Chart.PATH, "--namespace", PORTICO, "--wait"));
        words.addAll(List.of(options));
        Command.output(words.toArray(String[]::new));
    }

    private void theShopIsServed() throws IOException {
        Command.output("kubectl", "apply", "-f", "docs/examples/shop");
        asks("shop/edge", SHOP);
    }

    private void ingressesOfTheClassAreServed() throws IOException {
        Command.output("kubectl", "apply", "-f", INGRESS);
        String gateway = PORTICO + "/portico";
        asks(gateway, "GET http://web.example.org/ -> 200 docs");
        await().untilAsserted(() -> assertThat(Command.output("kubectl", "get", "ingress", "-n", "shop", "web"))
                .contains(address(gateway)));
    }

    private static void asks(String gateway, String requests) throws IOException {
        String[] name = gateway.split("/", 2);
        Command.output(
                "kubectl", "wait", "pgw", name[1], "-n", name[0], "--for=condition=Programmed", "--timeout=120s");
        theExamplesPodsAreThere();
        String address = address(gateway);
        var asker = new Asker(
                vertx,
                Map.of(
                        80, SocketAddress.inetSocketAddress(80, address),
                        443, SocketAddress.inetSocketAddress(443, address)));
        for (Ask ask : Requests.parse(gateway, requests)) {
            await().untilAsserted(() -> assertThat(asker.refuse(ask)).isEmpty());
        }
    }

    /** Not with those of its data plane, of which load balancers have another 30 s to learn. */
    private static void theExamplesPodsAreThere() throws IOException {
        var words = new ArrayList<>(List.of("kubectl", "wait", "deployments"));
        words.addAll(List.of("api", "api-next", "cart", "docs", "shop"));
        words.addAll(List.of("-n", "shop", "--for=condition=Available", "--timeout=120s"));
        Command.output(words.toArray(String[]::new));
    }

    private static String address(String gateway) throws IOException {
        String[] name = gateway.split("/", 2);
        return Command.output(
                "kubectl", "get", "pgw", name[1], "-n", name[0], "-o", "jsonpath={.status.addresses[0].value}");
    }

    private static void nothingWasForbidden() throws IOException {
        String told = Command.output(
                "kubectl", "logs", "-n", PORTICO, "-l", "app.kubernetes.io/name=portico-operator", "--tail=-1");
        assertThat(told).contains("running in namespace").doesNotContainIgnoringCase("forbidden");
    }

    /** What was not there before the test. */
    private Set<String> fresh() {
        var now = new TreeSet<>(Inventory.of(cluster.client()));
        now.removeAll(before);
        return now;
    }

    private static boolean isOfUsers(String name) {
        return name.contains(" shop/") || name.equals("Namespace shop") || name.equals("IngressClass shop");
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200));
    }
}
