package dev.portico.standalone.api;

import dev.portico.operator.model.ObjectRef;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** An API server in this process, on a port of its own choosing on 127.0.0.1. */
public final class EmbeddedApi implements AutoCloseable {
    private final Store store = new Store(Plurals.customResources());
    private final KubernetesMockServer server;
    /** Kept, because a logger that nobody holds forgets its level. */
    private final Logger requests = Logger.getLogger(MockWebServer.class.getName());

    private EmbeddedApi() {
        requests.setLevel(Level.WARNING);
        server = new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), store, false);
    }

    public static EmbeddedApi start() {
        var api = new EmbeddedApi();
        api.server.start(InetAddress.getLoopbackAddress(), 0);
        return api;
    }

    public KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(config())
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    /** Creates the object, or gives it this content; status, uid and age stay those that it has. */
    public void put(ObjectRef ref, Map<String, @Nullable Object> content, Instant age) {
        store.put(ref, content, age);
    }

    public void delete(ObjectRef ref) {
        store.delete(ref);
    }

    @Override
    public void close() {
        server.shutdown();
    }

    private Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url("/"))
                .withNamespace("default")
                .withHttp2Disable(true)
                .build();
    }
}
