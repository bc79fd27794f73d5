package dev.portico.echo;

import dev.portico.echo.Behaviour.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import org.jspecify.annotations.Nullable;

/**
 * Answers over HTTP/1.1 and HTTP/2, without TLS by prior knowledge. A text by WebSocket is answered like a body. Of a body
 * that is longer than {@value #BODY} bytes, only its beginning is told. Where calls are answered, each message of a method
 * Talk comes back at once.
 */
public final class Echo {
    /** Names the Service in every answer. */
    public static final String SERVICE = "Echo-Service";

    private static final int BODY = 64 * 1024;
    private static final int BACKLOG = 1024;

    private final Vertx vertx;
    private final Behaviour behaviour;

    private Echo(Vertx vertx, Behaviour behaviour) {
        this.vertx = vertx;
        this.behaviour = behaviour;
    }

    /** Answers on this address, until the server or {@code vertx} is closed; port 0 is any that is free. */
    public static Future<HttpServer> listen(Vertx vertx, Behaviour behaviour, String host, int port) {
        var echo = new Echo(vertx, behaviour);
        return vertx.createHttpServer(options(behaviour.tls()).setHost(host).setPort(port))
                .requestHandler(echo::take)
                .listen();
    }

    private static HttpServerOptions options(@Nullable Tls tls) {
        var options = new HttpServerOptions().setAcceptBacklog(BACKLOG);
        if (tls != null) {
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(tls.certificate()))
                            .addKeyValue(Buffer.buffer(tls.key())));
            if (tls.authorities() != null) {
                options.setClientAuth(ClientAuth.REQUIRED)
                        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(tls.authorities())));
            }
        }
        return options;
    }

    private void take(HttpServerRequest request) {
        if (behaviour.tellsRequests() && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            request.toWebSocket()
                    .onSuccess(socket -> socket.textMessageHandler(text -> {
                        var said = new Received();
                        said.add(Buffer.buffer(text));
                        socket.writeTextMessage(told(request, said).encode());
                    }));
            return;
        }
        if (behaviour.grpcStatus() != null && request.path().endsWith(Grpc.TALK)) {
            talk(request, behaviour.grpcStatus());
            return;
        }
        var received = new Received();
        request.handler(received::add).endHandler(_ -> later(request, received));
    }

    private void talk(HttpServerRequest request, int status) {
        var response = request.response();
        response.putHeader(SERVICE, behaviour.service())
                .putHeader("Content-Type", Grpc.TYPE)
                .putTrailer(Grpc.STATUS, Integer.toString(status));
        request.pipeTo(response);
    }

    private void later(HttpServerRequest request, Received received) {
        long millis = behaviour.delay().toMillis();
        if (millis == 0) {
            answer(request, received);
        } else {
            vertx.setTimer(millis, _ -> answer(request, received));
        }
    }

    private void answer(HttpServerRequest request, Received received) {
        var response = request.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(behaviour.status()).putHeader(SERVICE, behaviour.service());
        behaviour.headers().forEach(response::putHeader);
        String text = behaviour.body();
        if (behaviour.grpcStatus() != null) {
            response.putHeader("Content-Type", Grpc.TYPE)
                    .putTrailer(Grpc.STATUS, behaviour.grpcStatus().toString())
                    .end(Grpc.message(text == null ? told(request, received).encode() : text));
        } else if (behaviour.status() == 204 || behaviour.status() == 304) {
            response.end();
        } else if (text == null) {
            response.putHeader("Content-Type", "application/json")
                    .end(told(request, received).encode() + "\n");
        } else {
            response.end(text);
        }
    }

    private JsonObject told(HttpServerRequest request, Received received) {
        var headers = new JsonObject();
        for (String name : request.headers().names()) {
            var values = request.headers().getAll(name);
            headers.put(name, values.size() == 1 ? values.getFirst() : new JsonArray(values));
        }
        var body = behaviour.grpcStatus() == null ? received.beginning : Grpc.text(received.beginning);
        return new JsonObject()
                .put("service", behaviour.service())
                .put("namespace", behaviour.namespace())
                .put("method", request.method().name())
                .put("path", request.uri())
                .put("authority", String.valueOf(request.authority()))
                .put("version", request.version() == HttpVersion.HTTP_2 ? "HTTP/2" : "HTTP/1.1")
                .put("headers", headers)
                .put("bodyBytes", received.bytes)
                .put("body", body.toString());
    }

    /** What has arrived of a body. */
    private static final class Received {
        private final Buffer beginning = Buffer.buffer();
        private long bytes;

        void add(Buffer chunk) {
            bytes += chunk.length();
            beginning.appendBuffer(chunk, 0, Math.min(chunk.length(), BODY - beginning.length()));
        }
    }
}
