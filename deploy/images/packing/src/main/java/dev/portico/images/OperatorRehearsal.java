package dev.portico.images;

import dev.portico.operator.model.ObjectRef;
import dev.portico.standalone.api.EmbeddedApi;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** An operator that reads the example from an API server and says in the Gateway's status what it came to. */
final class OperatorRehearsal implements Rehearsal {
    private static final ResourceDefinitionContext GATEWAYS = new ResourceDefinitionContext.Builder()
            .withGroup(ObjectRef.PORTICO)
            .withVersion("v1alpha1")
            .withKind("Gateway")
            .withPlural("gateways")
            .withNamespaced(true)
            .build();
    private static final String LOOPBACK = "127.0.0.1";
    private static final int LOOK_MILLIS = 20;

    private final EmbeddedApi api;
    private final KubernetesClient objects;
    private final Client client = new Client();
    private final Path kubeconfig;
    private final int admin;

    private OperatorRehearsal(EmbeddedApi api, Path kubeconfig) throws IOException {
        this.api = api;
        this.objects = api.client();
        this.kubeconfig = kubeconfig;
        this.admin = Client.freePort();
    }

    static OperatorRehearsal in(Path directory) throws IOException {
        var api = EmbeddedApi.start();
        Instant now = Instant.now();
        Example.read().objects().forEach((ref, content) -> api.put(ref, content, now));
        var rehearsal = new OperatorRehearsal(api, directory.resolve("kubeconfig"));
        Files.writeString(rehearsal.kubeconfig, """
                apiVersion: v1
                kind: Config
                current-context: rehearsal
                contexts: [{name: rehearsal, context: {cluster: rehearsal, user: rehearsal}}]
                clusters: [{name: rehearsal, cluster: {server: "%s"}}]
                users: [{name: rehearsal, user: {}}]
                """.formatted(
                        rehearsal.objects.getConfiguration().getMasterUrl()));
        return rehearsal;
    }

    @Override
    public List<String> arguments() {
        return List.of("--kubeconfig=" + kubeconfig, "--admin-host=" + LOOPBACK, "--admin-port=" + admin);
    }

    @Override
    public void awaitServed(Process process) throws InterruptedException {
        Jvm.await(process, LOOK_MILLIS, this::isReported, "the status of a Gateway");
    }

    private boolean isReported() {
        GenericKubernetesResource gateway = objects.genericKubernetesResources(GATEWAYS)
                .inNamespace(Example.NAMESPACE)
                .withName("edge")
                .get();
        return gateway.getAdditionalProperties().containsKey("status");
    }

    /** All else follows from what it reads. */
    @Override
    public void perform() throws InterruptedException {
        for (String path : List.of("/livez", "/readyz", "/metrics")) {
            client.ask(admin, "localhost", path, HttpVersion.HTTP_1_1, false, "", 200);
        }
    }

    @Override
    public void close() {
        client.close();
        objects.close();
        api.close();
    }
}
