package dev.portico.standalone.run;

import dev.portico.operator.model.ObjectRef;
import dev.portico.standalone.api.EmbeddedApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The proxy as a Pod object, which is how the operator finds data planes; and its kubelet, which asks the proxy whether
 * it is ready.
 */
final class Pod {
    private static final ObjectRef REF = new ObjectRef("", "Pod", "portico-system", "portico-standalone");
    private static final Duration IMPATIENT = Duration.ofMillis(25);
    private static final Duration PATIENT = Duration.ofMillis(500);

    private final EmbeddedApi api;
    private final ProxyState state;
    private final Runnable onReady;
    private final Instant started = Instant.now();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    Pod(EmbeddedApi api, ProxyState state, Runnable onReady) {
        this.api = api;
        this.state = state;
        this.onReady = onReady;
    }

    /** Writes the Pod and keeps its readiness true, for as long as this process lives. */
    void start() {
        write(false);
        Thread.ofVirtual().name("readiness").start(this::watch);
    }

    private void watch() {
        try {
            var ready = false;
            while (true) {
                var now = ready();
                if (now != ready) {
                    ready = now;
                    write(now);
                    if (now) {
                        onReady.run();
                    }
                }
                Thread.sleep(ready ? PATIENT : IMPATIENT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ready() throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + state.adminPort() + "/readyz"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void write(boolean ready) {
        var labels = Map.of("portico.dev/data-plane", ProxyState.DATA_PLANE, "app.kubernetes.io/name", "portico-proxy");
        var pod = Additions.object("v1", REF, labels);
        var metadata = new LinkedHashMap<@Nullable Object, @Nullable Object>((Map<?, ?>) pod.get("metadata"));
        metadata.put("annotations", Map.of("portico.dev/config-port", Integer.toString(state.configPort())));
        pod.put("metadata", metadata);
        pod.put("spec", Map.of("containers", List.of(Map.of("name", "proxy", "image", "portico"))));
        pod.put(
                "status",
                Map.of(
                        "phase",
                        "Running",
                        "podIP",
                        "127.0.0.1",
                        "podIPs",
                        List.of(Map.of("ip", "127.0.0.1")),
                        "conditions",
                        List.of(Map.of("type", "Ready", "status", ready ? "True" : "False"))));
        api.put(REF, pod, started);
    }
}
