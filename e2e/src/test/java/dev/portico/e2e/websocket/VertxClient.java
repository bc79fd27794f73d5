package dev.portico.e2e.websocket;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;

/** Vert.x, by Netty's codec. */
final class VertxClient implements Client {
    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions()
            .setMaxMessageSize(2 * LARGEST)
            .setMaxFrameSize(2 * LARGEST)
            .setTrustAll(true)
            .setVerifyHost(false));

    @Override
    public Talk open(URI to, Heard heard) {
        WebSocket socket = client.connect(new WebSocketConnectOptions()
                        .setSsl(to.getScheme().equals("wss"))
                        .setHost(to.getHost())
                        .setPort(to.getPort())
                        .setURI(to.getPath()))
                .map(open -> {
                    open.textMessageHandler(heard::text);
                    open.binaryMessageHandler(data -> heard.binary(ByteBuffer.wrap(data.getBytes())));
                    open.pongHandler(payload -> heard.pong(ByteBuffer.wrap(payload.getBytes())));
                    open.exceptionHandler(heard::failed);
                    open.closeHandler(_ -> heard.closed(open.closeStatusCode(), open.closeReason()));
                    return open;
                })
                .await();
        return new Talk() {
            @Override
            public void text(String text) {
                socket.writeTextMessage(text).await();
            }

            @Override
            public void binary(byte[] data) {
                socket.writeBinaryMessage(Buffer.buffer(data)).await();
            }

            @Override
            public void fragments(List<byte[]> parts) {
                for (int i = 0; i < parts.size(); i++) {
                    Buffer part = Buffer.buffer(parts.get(i));
                    boolean last = i == parts.size() - 1;
                    socket.writeFrame(
                                    i == 0
                                            ? WebSocketFrame.binaryFrame(part, last)
                                            : WebSocketFrame.continuationFrame(part, last))
                            .await();
                }
            }

            @Override
            public void ping(byte[] payload) {
                socket.writePing(Buffer.buffer(payload)).await();
            }

            @Override
            public void close(int code, String reason) {
                socket.close((short) code, reason).await();
            }
        };
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
