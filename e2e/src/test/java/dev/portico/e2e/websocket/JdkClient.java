package dev.portico.e2e.websocket;

import dev.portico.e2e.changes.Clients;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code java.net.http}. */
final class JdkClient implements Client {
    private final HttpClient client = Clients.of(HttpClient.Version.HTTP_1_1);

    @Override
    public Talk open(URI to, Heard heard) {
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(to, new Listening(heard))
                .join();
        return new Talk() {
            @Override
            public void text(String text) {
                socket.sendText(text, true).join();
            }

            @Override
            public void binary(byte[] data) {
                socket.sendBinary(ByteBuffer.wrap(data), true).join();
            }

            @Override
            public void fragments(List<byte[]> parts) {
                for (int i = 0; i < parts.size(); i++) {
                    socket.sendBinary(ByteBuffer.wrap(parts.get(i)), i == parts.size() - 1)
                            .join();
                }
            }

            @Override
            public void ping(byte[] payload) {
                socket.sendPing(ByteBuffer.wrap(payload)).join();
            }

            @Override
            public void close(int code, String reason) {
                socket.sendClose(code, reason).join();
            }
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** Gathers the parts of messages. */
    private static final class Listening implements WebSocket.Listener {
        private final Heard heard;
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream data = new ByteArrayOutputStream();

        Listening(Heard heard) {
            this.heard = heard;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                heard.text(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
            data.writeBytes(Heard.copy(part));
            if (last) {
                heard.binary(ByteBuffer.wrap(data.toByteArray()));
                data.reset();
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer payload) {
            heard.pong(payload);
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            heard.closed(code, reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable why) {
            heard.failed(why);
        }
    }
}
