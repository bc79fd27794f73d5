package dev.portico.e2e.websocket;

import dev.portico.e2e.changes.Clients;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.WebSocketClient;

/** Jetty, by an upgrade or by an extended CONNECT. */
final class JettyClient implements Client {
    private final WebSocketClient client;

    private JettyClient(HttpClientTransport transport) {
        var http = new HttpClient(transport);
        var tls = new SslContextFactory.Client(true);
        tls.setSslContext(Clients.tls());
        http.setSslContextFactory(tls);
        client = new WebSocketClient(http);
        client.setMaxTextMessageSize(LARGEST);
        client.setMaxBinaryMessageSize(LARGEST);
        client.setMaxFrameSize(LARGEST);
        client.setIdleTimeout(Duration.ofSeconds(60));
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static JettyClient http1() {
        return new JettyClient(new HttpClientTransportOverHTTP());
    }

    static JettyClient http2() {
        return new JettyClient(new HttpClientTransportOverHTTP2(new HTTP2Client()));
    }

    @Override
    public Talk open(URI to, Heard heard) throws Exception {
        var listening = new Listening(heard);
        Session session = client.connect(listening, to).get(10, TimeUnit.SECONDS);
        listening.attend(session);
        return new Talk() {
            @Override
            public void text(String text) {
                await(done -> session.sendText(text, done));
            }

            @Override
            public void binary(byte[] data) {
                await(done -> session.sendBinary(ByteBuffer.wrap(data), done));
            }

            @Override
            public void fragments(List<byte[]> parts) {
                for (int i = 0; i < parts.size(); i++) {
                    boolean last = i == parts.size() - 1;
                    ByteBuffer part = ByteBuffer.wrap(parts.get(i));
                    await(done -> session.sendPartialBinary(part, last, done));
                }
            }

            @Override
            public void ping(byte[] payload) {
                await(done -> session.sendPing(ByteBuffer.wrap(payload), done));
            }

            @Override
            public void close(int code, String reason) {
                // Whether its own words were written may no longer be known when the answer has closed all.
                session.close(code, reason, Callback.NOOP);
            }
        };
    }

    private static void await(Consumer<Callback.Completable> send) {
        Callback.Completable.with(send).join();
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Jetty finds the methods by reflection, so it is public. */
    public static final class Listening implements Session.Listener.AutoDemanding {
        private static final String ARE_YOU_LISTENING = "are you listening";

        private final Heard heard;
        private volatile boolean attends;

        Listening(Heard heard) {
            this.heard = heard;
        }

        /** Over HTTP/2 Jetty loses what comes while it still takes over its stream, so it is asked until it answers. */
        void attend(Session session) {
            ByteBuffer question = ByteBuffer.wrap(ARE_YOU_LISTENING.getBytes(StandardCharsets.US_ASCII));
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        session.sendPing(question.slice(), Callback.NOOP);
                        return attends;
                    });
        }

        @Override
        public void onWebSocketText(String text) {
            heard.text(text);
        }

        @Override
        public void onWebSocketBinary(ByteBuffer data, Callback done) {
            heard.binary(data);
            done.succeed();
        }

        @Override
        public void onWebSocketPong(ByteBuffer payload) {
            if (StandardCharsets.US_ASCII.decode(payload.slice()).toString().equals(ARE_YOU_LISTENING)) {
                attends = true;
            } else {
                heard.pong(payload);
            }
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback done) {
            heard.closed(code, reason);
            done.succeed();
        }

        @Override
        public void onWebSocketError(Throwable why) {
            heard.failed(why);
        }
    }
}
