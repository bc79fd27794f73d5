package dev.portico.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portico.e2e.apiserver.Cluster;
import dev.portico.e2e.install.Command;
import dev.portico.operator.identity.Authority;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a private key of this cluster, be it a user's or Portico's own, stands anywhere but in its Secret. */
@Tag("cluster")
final class KeysTest {
    private static final int ADMIN = 9080;
    private static final int CONSOLE = 9081;
    private static final int LINE = 64;
    private static final Pattern KEY = Pattern.compile("PRIVATE KEY-----\n([^-]+)-----END");
    private static final String CERTIFICATE = "\"id\":\"keys/good@";

    private static HttpClient http;
    private static Cluster cluster;
    private static KubernetesClient client;
    private static Edge edge;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        http = HttpClient.newHttpClient();
        cluster = Cluster.given();
        client = cluster.client();
        edge = Edge.fresh(cluster, "keys");
        var good = Authority.create(Instant.now()).dataPlane("good", Instant.now());
        var broken = Authority.create(Instant.now()).dataPlane("broken", Instant.now());
        cluster.secret(edge.namespace(), "good", good.certificate(), good.key());
        // As of a user who took one for the other.
        cluster.secret(edge.namespace(), "broken", broken.key(), broken.key());
        cluster.encrypting(edge.namespace(), "good", "broken");
        Edge.await().until(() -> edge.status().contains("/broken data[tls.crt]"));
        Edge.await().until(() -> edge.pods().stream().filter(Edge::isReady).count() == 2);
    }

    @AfterAll
    static void end() {
        edge.close();
        cluster.close();
        http.close();
    }

    @Test
    void noLogHoldsOne() {
        var told = new TreeMap<String, String>();
        for (Pod pod : client.pods().inAnyNamespace().list().getItems()) {
            for (Container container : pod.getSpec().getContainers()) {
                told.put(name(pod) + " " + container.getName(), log(pod, container));
            }
        }
        // They were read.
        assertThat(told)
                .anySatisfy((name, log) ->
                        assertThat(name + log).startsWith(Edge.PORTICO).contains("dev.portico.operator.Main"))
                .anySatisfy(
                        (name, log) -> assertThat(name + log).startsWith("keys").contains("dev.portico.proxy.Proxy"));
        holdsNoKey(told);
    }

    private static String log(Pod pod, Container container) {
        try {
            return client.pods().resource(pod).inContainer(container.getName()).getLog();
        } catch (KubernetesClientException e) {
            return "no log, as of pods of other tests that come or go: " + e.getMessage();
        }
    }

    @Test
    void noPageOfAnAdminPortHoldsOne() throws IOException, InterruptedException {
        var told = new TreeMap<String, String>();
        for (Pod pod : Stream.concat(operators().stream(), edge.pods().stream()).toList()) {
            told.putAll(pages(pod, ADMIN, List.of("/livez", "/readyz", "/metrics")));
        }
        assertThat(told.values())
                .anyMatch(page -> page.contains("portico_operator_problems"))
                .anyMatch(page -> page.contains("portico_table_version"));
        holdsNoKey(told);
    }

    /** The tables of pods among them. */
    @Test
    void noPageOfTheConsoleHoldsOne() throws IOException, InterruptedException {
        Pod leader = operators().stream()
                .filter(pod -> holder().startsWith(pod.getMetadata().getName() + "_"))
                .findFirst()
                .orElseThrow();
        var paths = Stream.concat(
                Stream.of("/", "/gateways/keys/edge"),
                edge.pods().stream()
                        .flatMap(pod -> Stream.of("readyz", "metrics", "debug/snapshot")
                                .map(page -> "/pods/" + pod.getMetadata().getUid() + "/" + page)));
        Map<String, String> told = pages(leader, CONSOLE, paths.toList());
        assertThat(told.values()).anyMatch(page -> page.contains(CERTIFICATE));
        holdsNoKey(told);
    }

    @Test
    void nothingHoldsOneThatIsGatheredWhereATestFails() throws IOException {
        Command gathered = Command.run("logs", directory.toString());
        assumeTrue(gathered.status() == 0, "not a cluster of e2e/cluster/run: " + gathered.err());
        var told = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                told.put(directory.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(told).containsKeys("objects.yaml", "events.txt");
        holdsNoKey(told);
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    private static List<Pod> operators() {
        return client.pods()
                .inNamespace(Edge.PORTICO)
                .withLabel("app.kubernetes.io/name", "portico-operator")
                .list()
                .getItems();
    }

    private static String holder() {
        return client.leases()
                .inNamespace(Edge.PORTICO)
                .withName("portico-operator")
                .require()
                .getSpec()
                .getHolderIdentity();
    }

    private static Map<String, String> pages(Pod pod, int port, List<String> paths)
            throws IOException, InterruptedException {
        var pages = new TreeMap<String, String>();
        try (var forward = client.pods().resource(pod).portForward(port)) {
            for (String path : paths) {
                var asked = HttpRequest.newBuilder(URI.create("http://localhost:" + forward.getLocalPort() + path))
                        .build();
                var answer = http.send(asked, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                pages.put(name(pod) + ":" + port + path, answer.body());
            }
        }
        return pages;
    }

    private static void holdsNoKey(Map<String, String> told) {
        Set<String> keys = keys();
        assertThat(keys).hasSizeGreaterThan(10);
        told.forEach(
                (where, text) -> assertThat(keys.stream().filter(text::contains).count())
                        .as(where)
                        .isZero());
    }

    /** The lines of all private keys, as PEM has them, and each key as its Secret has it. */
    private static Set<String> keys() {
        return client.secrets().inAnyNamespace().list().getItems().stream()
                .flatMap(secret -> Stream.ofNullable(secret.getData()))
                .map(Map::values)
                .flatMap(Collection::stream)
                .flatMap(KeysTest::parts)
                .collect(Collectors.toSet());
    }

    private static Stream<String> parts(String stored) {
        var text = new String(Base64.getDecoder().decode(stored), StandardCharsets.ISO_8859_1);
        return KEY.matcher(text)
                .results()
                .flatMap(key -> Stream.concat(
                        key.group(1).lines().filter(line -> line.length() == LINE),
                        // Three bytes are four characters of base64.
                        Stream.of(stored.substring(key.start(1) / 3 * 4, key.end(1) / 3 * 4))));
    }
}
