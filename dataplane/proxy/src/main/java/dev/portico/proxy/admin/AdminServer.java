package dev.portico.proxy.admin;

import dev.portico.proxy.telemetry.Exposition;
import dev.portico.proxy.telemetry.MetricSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;

/** Answers probes and scrapers. */
public final class AdminServer {
    private final Vertx vertx;
    private final Readiness readiness;
    private final List<MetricSource> sources;
    private final HttpServer server;

    public AdminServer(Vertx vertx, Readiness readiness, List<MetricSource> sources) {
        this.vertx = vertx;
        this.readiness = readiness;
        this.sources = List.copyOf(sources);
        var config = new HttpServerConfig().setVersions(HttpVersion.HTTP_1_1).setIdleTimeout(Duration.ofMinutes(1));
        this.server = vertx.createHttpServer(config).requestHandler(this::handle);
    }

    /** The port. */
    public Future<Integer> listen(String host, int port) {
        return server.listen(port, host).map(HttpServer::actualPort);
    }

    /** Answers, also what came by another way than the port. */
    public void handle(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            end(request, 405, "GET only\n");
            return;
        }
        switch (request.path()) {
            case "/livez" -> end(request, 200, "ok\n");
            case "/readyz" -> ready(request);
            case "/metrics" -> metrics(request);
            case null, default -> end(request, 404, "not found\n");
        }
    }

    private void ready(HttpServerRequest request) {
        String obstacle = readiness.obstacle();
        end(request, obstacle == null ? 200 : 503, (obstacle == null ? "ok" : obstacle) + "\n");
    }

    /** Adding up thousands of series is no work for an event loop. */
    private void metrics(HttpServerRequest request) {
        vertx.executeBlocking(this::exposition, false).onComplete(text -> {
            request.response().putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8");
            if (text.succeeded()) {
                request.response().end(text.result());
            } else {
                request.response().setStatusCode(500).end("failed\n");
            }
        });
    }

    private String exposition() {
        var exposition = new Exposition();
        sources.forEach(source -> source.write(exposition));
        return exposition.toString();
    }

    private static void end(HttpServerRequest request, int status, String text) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "text/plain; charset=utf-8")
                .end(text);
    }
}
