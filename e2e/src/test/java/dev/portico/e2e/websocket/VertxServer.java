package dev.portico.e2e.websocket;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;

/** Vert.x, by Netty's codec. */
final class VertxServer implements Server {
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setMaxWebSocketMessageSize(2 * Client.LARGEST)
                    .setMaxWebSocketFrameSize(2 * Client.LARGEST))
            .webSocketHandler(VertxServer::echo)
            .listen(0)
            .await();

    private static void echo(ServerWebSocket socket) {
        socket.textMessageHandler(text -> {
            if (text.startsWith(CLOSE)) {
                socket.close(Short.parseShort(text.substring(CLOSE.length())), REASON);
            } else {
                socket.writeTextMessage(text);
            }
        });
        socket.binaryMessageHandler(socket::writeBinaryMessage);
    }

    @Override
    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
