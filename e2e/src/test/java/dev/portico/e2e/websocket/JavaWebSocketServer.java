package dev.portico.e2e.websocket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** {@code org.java-websocket}. */
final class JavaWebSocketServer implements Server {
    private final Echoing server = new Echoing();

    JavaWebSocketServer() throws InterruptedException {
        server.setConnectionLostTimeout(0);
        server.start();
        if (!server.started.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server has not started");
        }
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        try {
            server.stop(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Echoing extends WebSocketServer {
        private final CountDownLatch started = new CountDownLatch(1);

        Echoing() {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }

        @Override
        public void onStart() {
            started.countDown();
        }

        @Override
        public void onOpen(WebSocket socket, ClientHandshake handshake) {}

        @Override
        public void onMessage(WebSocket socket, String text) {
            if (text.startsWith(CLOSE)) {
                socket.close(Integer.parseInt(text.substring(CLOSE.length())), REASON);
            } else {
                socket.send(text);
            }
        }

        @Override
        public void onMessage(WebSocket socket, ByteBuffer data) {
            socket.send(data);
        }

        @Override
        public void onClose(WebSocket socket, int code, String reason, boolean remote) {}

        @Override
        public void onError(WebSocket socket, Exception why) {}
    }
}
