package dev.portico.e2e.websocket;

import java.net.URI;
import java.util.List;

/** An implementation as a client. */
interface Client extends AutoCloseable {
    /** Any message is at most this long. */
    int LARGEST = 16 * 1024 * 1024;

    /** All of them, with fresh connections of their own. */
    static List<Client> all() {
        return List.of(new JdkClient(), new JavaWebSocketClient(), new VertxClient(), JettyClient.http1());
    }

    /** Opens a WebSocket; what is heard on it goes there. */
    Talk open(URI to, Heard heard) throws Exception;

    @Override
    void close();

    /** An open WebSocket. */
    interface Talk {
        void text(String text) throws Exception;

        void binary(byte[] data) throws Exception;

        /** One binary message in several frames. */
        void fragments(List<byte[]> parts) throws Exception;

        void ping(byte[] payload) throws Exception;

        void close(int code, String reason) throws Exception;
    }
}
