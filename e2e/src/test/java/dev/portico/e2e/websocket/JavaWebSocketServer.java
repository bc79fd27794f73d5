package dev.portico.e2e.websocket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/**
 * {@code org.java-websocket}. Its selector thread looks, right after it has read a connection, whether there is
 * something to write, and then stops asking the kernel to write: also for an answer that a worker queued between the
 * two. Such an answer would never leave, so it is asked for again.
 */
final class JavaWebSocketServer implements Server {
    private final Echoing server = new Echoing();
    private final ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor();

    JavaWebSocketServer() throws InterruptedException {
        server.setConnectionLostTimeout(0);
        server.start();
        if (!server.started.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server has not started");
        }
        var _ = asking.scheduleWithFixedDelay(server::askAgain, 10, 10, TimeUnit.MILLISECONDS);
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        asking.shutdownNow();
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

        /** Asks to write all that waits, and to close what is closed when it is written. */
        void askAgain() {
            getConnections().stream()
                    .filter(socket -> socket.hasBufferedData() || socket.isFlushAndClose())
                    .forEach(this::onWriteDemand);
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
