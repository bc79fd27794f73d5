package dev.portico.e2e.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;

/**
 * {@code EchoEndpoint PORT}: what the endpoint of nginx cannot do, over HTTP/1.1 and HTTP/2 by prior knowledge. It echoes
 * messages of WebSockets and calls of gRPC, says how many bytes were posted, and breaks off where it is asked to.
 */
final class EchoEndpoint {
    /** More than a path of any scenario has open. */
    private static final int STREAMS = 1_000;

    private static final int ANNOUNCED = 1 << 20;
    private static final int SENT = 100 << 10;

    private EchoEndpoint() {}

    public static void main(String[] args) {
        var options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(Integer.parseInt(args[0]))
                .setAcceptBacklog(4096)
                .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(STREAMS));
        Vertx.vertx()
                .createHttpServer(options)
                .webSocketHandler(EchoEndpoint::echo)
                .requestHandler(EchoEndpoint::answer)
                .listen()
                .await();
    }

    private static void echo(ServerWebSocket socket) {
        socket.textMessageHandler(socket::writeTextMessage);
        socket.binaryMessageHandler(socket::writeBinaryMessage);
    }

    private static void answer(HttpServerRequest request) {
        if (request.path().startsWith("/bench.Echo/")) {
            request.body().onSuccess(message -> call(request, message));
        } else if (request.path().contains("/truncated")) {
            breakOff(request);
        } else {
            count(request);
        }
    }

    private static void call(HttpServerRequest request, Buffer message) {
        request.response()
                .putHeader("content-type", "application/grpc")
                .putTrailer("grpc-status", "0")
                .setChunked(true)
                .end(message);
    }

    private static void count(HttpServerRequest request) {
        var bytes = new long[1];
        request.handler(part -> bytes[0] += part.length());
        request.endHandler(end -> request.response().end(Long.toString(bytes[0])));
    }

    private static void breakOff(HttpServerRequest request) {
        if (request.path().endsWith("-chunked")) {
            request.response().setChunked(true);
        } else {
            request.response().putHeader("Content-Length", Integer.toString(ANNOUNCED));
        }
        request.response()
                .write(Buffer.buffer(new byte[SENT]))
                .onComplete(written -> request.connection().close());
    }
}
