package dev.portico.e2e.sockets;

import dev.portico.e2e.cases.Backends.Backend;
import dev.portico.e2e.cases.Pems;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;

/**
 * Answers for a Service: with the request as JSON, or as the case's {@code backends.yaml} says. A message by WebSocket
 * is answered like a body.
 */
public final class Echo {
    /** Names the Service in every answer. */
    public static final String SERVICE = "Echo-Service";

    private final Vertx vertx;
    private final String service;
    private final Backend backend;

    private Echo(Vertx vertx, String service, Backend backend) {
        this.vertx = vertx;
        this.service = service;
        this.backend = backend;
    }

    /** The port of 127.0.0.1 on which it answers, until {@code vertx} is closed. */
    public static int start(Vertx vertx, String service, Backend backend, Pems pems) {
        var echo = new Echo(vertx, service, backend);
        return vertx.createHttpServer(options(backend, pems))
                .requestHandler(echo::take)
                .listen(0)
                .await()
                .actualPort();
    }

    private void take(HttpServerRequest request) {
        boolean agrees = backend.status() == 200 && backend.body() == null;
        if (agrees && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            request.toWebSocket()
                    .onSuccess(socket -> socket.textMessageHandler(text -> socket.writeTextMessage(
                            seen(request, Buffer.buffer(text)).encode())));
        } else {
            request.body().onSuccess(body -> later(request, body));
        }
    }

    private static HttpServerOptions options(Backend backend, Pems pems) {
        var options = new HttpServerOptions().setHost("127.0.0.1");
        if (backend.tls() != null) {
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(pems.certificate(backend.tls())))
                            .addKeyValue(Buffer.buffer(pems.key(backend.tls()))));
        }
        if (backend.clients() != null) {
            options.setClientAuth(ClientAuth.REQUIRED)
                    .setTrustOptions(
                            new PemTrustOptions().addCertValue(Buffer.buffer(pems.authorities(backend.clients()))));
        }
        return options;
    }

    private void later(HttpServerRequest request, Buffer body) {
        long millis = backend.delay().toMillis();
        if (millis == 0) {
            answer(request, body);
        } else {
            vertx.setTimer(millis, timer -> answer(request, body));
        }
    }

    private void answer(HttpServerRequest request, Buffer body) {
        if (request.response().closed()) {
            return;
        }
        var response = request.response().setStatusCode(backend.status()).putHeader(SERVICE, service);
        backend.headers().forEach(response::putHeader);
        String text = backend.body();
        if (backend.grpc() != null) {
            response.putHeader("Content-Type", Grpc.TYPE);
            response.putTrailer(Grpc.STATUS, backend.grpc().number());
            response.end(Grpc.message(text == null ? seen(request, body).encode() : text));
            return;
        }
        if (backend.status() == 204) {
            response.end();
        } else if (text == null) {
            response.putHeader("Content-Type", "application/json")
                    .end(seen(request, body).toBuffer());
        } else {
            response.end(text);
        }
    }

    private JsonObject seen(HttpServerRequest request, Buffer body) {
        var headers = new JsonObject();
        for (String name : request.headers().names()) {
            headers.put(
                    name.toLowerCase(java.util.Locale.ROOT),
                    new JsonArray(request.headers().getAll(name)));
        }
        return new JsonObject()
                .put("service", service)
                .put(":method", request.method().name())
                .put(":path", request.uri())
                .put(":authority", request.authority().toString())
                .put(":version", request.version() == HttpVersion.HTTP_2 ? "HTTP/2" : "HTTP/1.1")
                .put(
                        ":body",
                        backend.grpc() == null
                                ? body.toString()
                                : body.toString().substring(Grpc.FRAME))
                .put("headers", headers);
    }
}
