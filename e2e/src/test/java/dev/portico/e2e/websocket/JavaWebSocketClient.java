package dev.portico.e2e.websocket;

import dev.portico.e2e.changes.Clients;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.enums.Opcode;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.PingFrame;
import org.java_websocket.handshake.ServerHandshake;

/** {@code org.java-websocket}. */
final class JavaWebSocketClient implements Client {
    @Override
    public Talk open(URI to, Heard heard) throws InterruptedException {
        var socket = new Listening(to, heard);
        socket.setConnectionLostTimeout(0);
        if (to.getScheme().equals("wss")) {
            socket.setSocketFactory(Clients.tls().getSocketFactory());
        }
        if (!socket.connectBlocking(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no WebSocket at " + to);
        }
        return new Talk() {
            @Override
            public void text(String text) {
                socket.send(text);
            }

            @Override
            public void binary(byte[] data) {
                socket.send(data);
            }

            @Override
            public void fragments(List<byte[]> parts) {
                for (int i = 0; i < parts.size(); i++) {
                    socket.sendFragmentedFrame(Opcode.BINARY, ByteBuffer.wrap(parts.get(i)), i == parts.size() - 1);
                }
            }

            @Override
            public void ping(byte[] payload) {
                var ping = new PingFrame();
                ping.setPayload(ByteBuffer.wrap(payload));
                socket.sendFrame(ping);
            }

            @Override
            public void close(int code, String reason) {
                socket.close(code, reason);
            }
        };
    }

    @Override
    public void close() {}

    private static final class Listening extends WebSocketClient {
        private final Heard heard;

        Listening(URI to, Heard heard) {
            super(to);
            this.heard = heard;
        }

        @Override
        public void onOpen(ServerHandshake handshake) {}

        @Override
        public void onMessage(String text) {
            heard.text(text);
        }

        @Override
        public void onMessage(ByteBuffer data) {
            heard.binary(data);
        }

        @Override
        public void onWebsocketPong(WebSocket socket, Framedata pong) {
            heard.pong(pong.getPayloadData());
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            heard.closed(code, reason);
        }

        @Override
        public void onError(Exception why) {
            heard.failed(why);
        }
    }
}
