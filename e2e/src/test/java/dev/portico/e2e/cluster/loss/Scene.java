package dev.portico.e2e.cluster.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portico.e2e.apiserver.Cluster;
import dev.portico.e2e.changes.Certificates;
import dev.portico.e2e.changes.Clients;
import dev.portico.e2e.install.Command;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;

/** The objects of {@code e2e/cluster/loss/world.yaml} in a cluster where Portico is installed, and what may happen to them. */
final class Scene implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path WORLD = Path.of("cluster/loss/world.yaml");
    private static final String NAMESPACE = "loss";
    private static final String PORTICO = "portico-system";
    private static final String LEASE = "portico-operator";

    private final Cluster cluster;
    private final KubernetesClient client;
    private final Certificates certificates = new Certificates("loss.example");
    private final HttpClient poller = Clients.of(HttpClient.Version.HTTP_1_1);
    private final String address;
    private final String asideAddress;
    private int number;
    private int serial;
    private int template;

    private Scene(Cluster cluster, String address, String asideAddress) {
        this.cluster = cluster;
        this.client = cluster.client();
        this.address = address;
        this.asideAddress = asideAddress;
    }

    /** Makes all of it anew and waits until it serves. */
    static Scene set(Cluster cluster) throws IOException {
        KubernetesClient client = cluster.client();
        var namespace = client.namespaces().withName(NAMESPACE);
        namespace.delete();
        namespace.waitUntilCondition(Objects::isNull, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        try (InputStream in = Files.newInputStream(WORLD)) {
            for (HasMetadata object : client.load(in).items()) {
                client.resource(object).create();
            }
        }
        var scene = new Scene(cluster, address(cluster, "edge"), address(cluster, "aside"));
        scene.web().awaitComplete();
        scene.pods("talk").awaitComplete();
        scene.proxies().awaitComplete();
        scene.rotateCertificate().awaitServed(PATIENCE);
        scene.change().awaitServed(PATIENCE);
        scene.awaitAside();
        return scene;
    }

    private static String address(Cluster cluster, String gateway) {
        Resource<GenericKubernetesResource> resource = gateway(cluster.client(), gateway);
        return Awaitility.await(gateway + " has an address")
                .atMost(PATIENCE)
                .until(
                        () -> cluster.now(resource.get()).treesOrNone("status", "addresses").stream()
                                .map(each -> each.text("value"))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Resource<GenericKubernetesResource> gateway(KubernetesClient client, String name) {
        return client.genericKubernetesResources("portico.dev/v1alpha1", "Gateway")
                .inNamespace(NAMESPACE)
                .withName(name);
    }

    /** Where the listeners are. */
    String address() {
        return address;
    }

    Pods web() {
        return pods("web");
    }

    Pods proxies() {
        return pods(dataPlane("edge"));
    }

    Pods aside() {
        return pods(dataPlane("aside"));
    }

    Pods operator() {
        return new Pods(client, PORTICO, "portico-operator");
    }

    private Pods pods(String deployment) {
        return new Pods(client, NAMESPACE, deployment);
    }

    private String dataPlane(String gateway) {
        return Awaitility.await(gateway + " has a data plane")
                .atMost(PATIENCE)
                .until(
                        () -> client.apps().deployments().inNamespace(NAMESPACE).list().getItems().stream()
                                .filter(deployment -> isOwnedBy(deployment, gateway))
                                .map(deployment -> deployment.getMetadata().getName())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static boolean isOwnedBy(Deployment deployment, String gateway) {
        return deployment.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner ->
                        owner.getKind().equals("Gateway") && owner.getName().equals(gateway));
    }

    /** The pod that holds the Lease. */
    String leader() {
        String holder = lease().get().getSpec().getHolderIdentity();
        // Behind the pod's name is what tells this process from the one before it.
        return holder.substring(0, holder.indexOf('_'));
    }

    void deleteLease() {
        assertThat(lease().delete()).isNotEmpty();
    }

    private Resource<Lease> lease() {
        return client.leases().inNamespace(PORTICO).withName(LEASE);
    }

    /**
     * As users upgrade; over when all pods are of these builds.
     *
     * @param chart whose CRDs and objects there are
     */
    void upgrade(Build chart, Build operators, Build proxies) throws IOException {
        Command.output("kubectl", "apply", "--server-side", "--force-conflicts", "-f", chart.crds());
        Command.output(
                "helm",
                "upgrade",
                "portico",
                chart.chart(),
                "--namespace",
                PORTICO,
                "--reset-then-reuse-values",
                "--set",
                "operator.image.registry=" + operators.registry(),
                "--set",
                "proxy.image.registry=" + proxies.registry());
        operator().awaitImagesOf(operators.registry());
        proxies().awaitImagesOf(proxies.registry());
    }

    /** The route /word is told from others as only {@link Build#withOneWordMore} can. */
    Change useWord() {
        compareWord("Prefix");
        return new Change("word", 1, () -> served(address, "/word"));
    }

    void useNoWord() {
        compareWord("Exact");
    }

    private void compareWord(String type) {
        patch("/spec/routes/1/matches/0/headers/0/type", "\"" + type + "\"");
    }

    /** Until the Gateway says that its proxies do not know a word. */
    void awaitUnknownWord() {
        Awaitility.await("a word is unknown")
                .atMost(PATIENCE)
                .until(() -> cluster.now(gateway(client, "edge").get()).treesOrNone("status", "conditions").stream()
                        .filter(condition -> condition.text("type").equals("Programmed"))
                        .anyMatch(condition -> condition.text("message").contains("UNKNOWN_WORD")));
    }

    /** The route /number answers with another number. */
    Change change() {
        number++;
        patch("/spec/routes/0/filters/0/responseHeaderModifier/set/0/value", "\"" + number + "\"");
        return new Change("route", number, () -> served(address, "/number"));
    }

    /** The pods of the proxies have another annotation. */
    void annotateProxies() {
        template++;
        patch("/spec/infrastructure/annotations", "{\"example.org/template\": \"" + template + "\"}");
    }

    private void patch(String path, String value) {
        gateway(client, "edge")
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\": \"add\", \"path\": \"%s\", \"value\": %s}]".formatted(path, value));
    }

    Change rotateCertificate() {
        serial++;
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName("edge")
                        .endMetadata()
                        .withType("kubernetes.io/tls")
                        .withData(Map.of(
                                "tls.crt",
                                base64(certificates.certificate(serial)),
                                "tls.key",
                                base64(certificates.key())))
                        .build())
                .serverSideApply();
        return new Change("certificate", serial, this::certificate);
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }

    void awaitAside() {
        Awaitility.await("the data plane aside serves")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> get(asideAddress, "/").statusCode() == 200);
    }

    private int served(String address, String path) throws IOException, InterruptedException {
        return Integer.parseInt(
                get(address, path).headers().firstValue("X-Number").orElseThrow());
    }

    private HttpResponse<Void> get(String address, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + address + path))
                .header("X-Word", "one more")
                .timeout(Duration.ofSeconds(2))
                .build();
        return poller.send(request, HttpResponse.BodyHandlers.discarding());
    }

    private int certificate() throws IOException {
        try (var socket = (SSLSocket) Clients.tls().getSocketFactory().createSocket(address, 443)) {
            socket.setSoTimeout(2_000);
            socket.startHandshake();
            return List.of(socket.getSession().getPeerCertificates()).getFirst() instanceof X509Certificate leaf
                    ? leaf.getSerialNumber().intValueExact()
                    : 0;
        }
    }

    @Override
    public void close() {
        poller.close();
        client.namespaces().withName(NAMESPACE).delete();
    }
}
