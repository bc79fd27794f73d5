package dev.portico.standalone.echo;

import dev.portico.operator.model.ObjectRef;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One server for each Service, on a port of its own choosing on 127.0.0.1. */
public final class EchoServers implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    private final Map<ObjectRef, HttpServer> servers = new HashMap<>();

    /** The port that answers for the Service. */
    public int port(ObjectRef service) {
        return servers.computeIfAbsent(service, this::listen).actualPort();
    }

    /** Ends the servers of all Services but these. */
    public void retain(Set<ObjectRef> services) {
        servers.entrySet().removeIf(entry -> {
            if (services.contains(entry.getKey())) {
                return false;
            }
            entry.getValue().close();
            return true;
        });
    }

    private HttpServer listen(ObjectRef service) {
        var options = new HttpServerOptions().setHost(LOOPBACK).setPort(0).setAcceptBacklog(1024);
        return vertx.createHttpServer(options)
                .requestHandler(request -> answer(service, request))
                .listen()
                .await();
    }

    private static void answer(ObjectRef service, HttpServerRequest request) {
        var size = new long[1];
        request.handler(chunk -> size[0] += chunk.length());
        request.endHandler(end -> {
            var body = described(service, request).put("bodyBytes", size[0]).encode() + "\n";
            request.response().putHeader("Content-Type", "application/json").end(body);
        });
    }

    private static JsonObject described(ObjectRef service, HttpServerRequest request) {
        var headers = new JsonObject();
        for (String name : request.headers().names()) {
            var values = request.headers().getAll(name);
            headers.put(name, values.size() == 1 ? values.getFirst() : new JsonArray(values));
        }
        return new JsonObject()
                .put("service", service.name())
                .put("namespace", service.namespace())
                .put("method", request.method().name())
                .put("path", request.uri())
                .put("headers", headers);
    }

    @Override
    public void close() {
        Future.await(vertx.close());
    }
}
