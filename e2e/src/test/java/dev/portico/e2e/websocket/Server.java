package dev.portico.e2e.websocket;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** An implementation as a server on 127.0.0.1, which says every message again and closes when told to. */
interface Server extends AutoCloseable {
    /** A text that asks to be closed with a code: {@code close 4001}. */
    String CLOSE = "close ";

    /** The reason that it gives. */
    String REASON = "as you wish";

    /** All of them, running, by the path that leads to each; always in this order, so that a number names a pair. */
    static SequencedMap<String, Server> all() throws Exception {
        var all = new LinkedHashMap<String, Server>();
        all.put("/vertx", new VertxServer());
        all.put("/java-websocket", new JavaWebSocketServer());
        all.put("/jetty", new JettyServer());
        all.put("/undertow", new UndertowServer());
        return all;
    }

    int port();

    @Override
    void close();
}
