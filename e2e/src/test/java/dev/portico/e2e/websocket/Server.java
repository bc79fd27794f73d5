package dev.portico.e2e.websocket;

import java.util.Map;

/** An implementation as a server on 127.0.0.1, which says every message again and closes when told to. */
interface Server extends AutoCloseable {
    /** A text that asks to be closed with a code: {@code close 4001}. */
    String CLOSE = "close ";

    /** The reason that it gives. */
    String REASON = "as you wish";

    /** All of them, running, by the path that leads to each. */
    static Map<String, Server> all() throws Exception {
        return Map.of(
                "/vertx", new VertxServer(),
                "/java-websocket", new JavaWebSocketServer(),
                "/jetty", new JettyServer(),
                "/undertow", new UndertowServer());
    }

    int port();

    @Override
    void close();
}
