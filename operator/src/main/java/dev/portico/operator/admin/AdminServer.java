package dev.portico.operator.admin;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

/** Answers probes and scrapers. */
public final class AdminServer implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Vertx vertx;
    private final Probe live;
    private final Probe ready;
    private final PrometheusRegistry metrics;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final HttpServer server;

    private AdminServer(Vertx vertx, Probe live, Probe ready, PrometheusRegistry metrics) {
        this.vertx = vertx;
        this.live = live;
        this.ready = ready;
        this.metrics = metrics;
        var config = new HttpServerConfig().setVersions(HttpVersion.HTTP_1_1).setIdleTimeout(Duration.ofMinutes(1));
        this.server = vertx.createHttpServer(config).requestHandler(this::handle);
    }

    /** @param port 0: any that is free */
    public static AdminServer start(
            Vertx vertx, String host, int port, Probe live, Probe ready, PrometheusRegistry metrics) {
        var admin = new AdminServer(vertx, live, ready, metrics);
        admin.server.listen(port, host).await();
        return admin;
    }

    public int port() {
        return server.actualPort();
    }

    private void handle(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            end(request, 405, TEXT, Buffer.buffer("GET only\n"));
            return;
        }
        switch (request.path()) {
            case "/livez" -> end(request, live);
            case "/readyz" -> end(request, ready);
            case "/metrics" -> metrics(request);
            case null, default -> end(request, 404, TEXT, Buffer.buffer("not found\n"));
        }
    }

    private void metrics(HttpServerRequest request) {
        vertx.executeBlocking(this::scrape, false)
                .onSuccess(text -> end(request, 200, PrometheusTextFormatWriter.CONTENT_TYPE, text))
                .onFailure(_ -> end(request, 500, TEXT, Buffer.buffer("failed\n")));
    }

    private Buffer scrape() throws IOException {
        var text = new ByteArrayOutputStream();
        writer.write(text, metrics.scrape());
        return Buffer.buffer(text.toByteArray());
    }

    private static void end(HttpServerRequest request, Probe probe) {
        var obstacle = probe.obstacle();
        end(
                request,
                obstacle.isEmpty() ? 200 : 503,
                TEXT,
                Buffer.buffer((obstacle.isEmpty() ? "ok" : obstacle) + "\n"));
    }

    private static void end(HttpServerRequest request, int status, String type, Buffer body) {
        request.response().setStatusCode(status).putHeader("content-type", type).end(body);
    }

    @Override
    public void close() {
        server.close().await();
    }

    /** Asked on an event loop: must not block. */
    public interface Probe {
        /** Why not; empty if nothing speaks against it. */
        String obstacle();
    }
}
