package dev.portico.e2e.websocket;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/** Jetty. */
final class JettyServer implements Server {
    private final org.eclipse.jetty.server.Server server = new org.eclipse.jetty.server.Server();
    private final ServerConnector connector = new ServerConnector(server);

    JettyServer() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(server, container -> {
            container.setMaxTextMessageSize(Client.LARGEST);
            container.setMaxBinaryMessageSize(Client.LARGEST);
            container.setMaxFrameSize(Client.LARGEST);
            container.setIdleTimeout(Duration.ofSeconds(60));
            container.addMapping("/*", (_, _, _) -> new Echoing());
        }));
        server.start();
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Jetty finds the methods by reflection, so it is public. */
    public static final class Echoing implements Session.Listener.AutoDemanding {
        private @Nullable Session session;

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
        }

        @Override
        public void onWebSocketText(String text) {
            if (session == null) {
                throw new IllegalStateException("a message before the start");
            }
            if (text.startsWith(CLOSE)) {
                session.close(Integer.parseInt(text.substring(CLOSE.length())), REASON, Callback.NOOP);
            } else {
                session.sendText(text, Callback.NOOP);
            }
        }

        @Override
        public void onWebSocketBinary(ByteBuffer data, Callback done) {
            if (session == null) {
                throw new IllegalStateException("a message before the start");
            }
            session.sendBinary(data, done);
        }
    }
}
