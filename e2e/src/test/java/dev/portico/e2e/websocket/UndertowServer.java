package dev.portico.e2e.websocket;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Undertow. */
final class UndertowServer implements Server {
    private final Undertow server = Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(Handlers.websocket((_, channel) -> {
                channel.getReceiveSetter().set(new Echoing());
                channel.resumeReceives();
            }))
            .build();

    UndertowServer() {
        server.start();
    }

    @Override
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static final class Echoing extends AbstractReceiveListener {
        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            String text = message.getData();
            if (text.startsWith(CLOSE)) {
                WebSockets.sendClose(Integer.parseInt(text.substring(CLOSE.length())), REASON, channel, null);
            } else {
                WebSockets.sendText(text, channel, null);
            }
        }

        @Override
        protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
            try (var pooled = message.getData()) {
                ByteBuffer all = WebSockets.mergeBuffers(pooled.getResource());
                WebSockets.sendBinary(all, channel, null);
            }
        }
    }
}
