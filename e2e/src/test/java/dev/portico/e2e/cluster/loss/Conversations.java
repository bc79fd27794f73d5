package dev.portico.e2e.cluster.loss;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** WebSockets and calls of gRPC that last, half of them over TLS, each on a connection of its own. */
final class Conversations implements AutoCloseable {
    private static final int EACH = 50;
    /** RFC 6455 section 7.4.1. */
    private static final int GOING_AWAY = 1001;
    /** Before every message of gRPC: whether it is compressed, and its length. */
    private static final int FRAME = 5;

    private static final long NO_ERROR = 0;
    private static final String UNAVAILABLE = "14";

    private final Vertx vertx;
    private final String address;
    private final Tally sockets = new Tally();
    private final Tally calls = new Tally();
    private final List<Conversation> all = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();

    private Conversations(Vertx vertx, String address) {
        this.vertx = vertx;
        this.address = address;
    }

    static Conversations begin(Vertx vertx, String address) throws Exception {
        var conversations = new Conversations(vertx, address);
        var open = new ArrayList<Future<Void>>();
        for (boolean tls : new boolean[] {false, true}) {
            WebSocketClient sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                    .setSsl(tls)
                    .setTrustAll(true)
                    .setVerifyHost(false)
                    .setMaxConnections(EACH));
            HttpClient calls = vertx.createHttpClient(
                    new HttpClientOptions()
                            .setProtocolVersion(HttpVersion.HTTP_2)
                            .setHttp2ClearTextUpgrade(false)
                            .setHttp2MultiplexingLimit(1)
                            .setSsl(tls)
                            .setUseAlpn(tls)
                            .setTrustAll(true)
                            .setVerifyHost(false),
                    new PoolOptions().setHttp2MaxSize(EACH));
            conversations.clients.addAll(List.of(sockets::close, calls::close));
            String over = tls ? " over TLS" : "";
            for (int i = 0; i < EACH / 2; i++) {
                open.add(conversations.begin(
                        "WebSocket " + i + over,
                        one -> conversations.socket(sockets, tls, one),
                        conversations.sockets));
                open.add(conversations.begin(
                        "call " + i + over, one -> conversations.call(calls, tls, one), conversations.calls));
            }
        }
        try {
            Future.join(open).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not all conversations are open after 20 s", e);
        }
        return conversations;
    }

    private Future<Void> begin(String name, Function<Conversation, Future<Conversation.Line>> caller, Tally tally) {
        Conversation conversation = Conversation.of(vertx, name, caller, tally);
        all.add(conversation);
        return conversation.begin();
    }

    private Future<Conversation.Line> socket(WebSocketClient client, boolean tls, Conversation conversation) {
        var to = new WebSocketConnectOptions()
                .setHost(address)
                .setPort(port(tls))
                .setSsl(tls)
                .setURI("/socket")
                .setTimeout(Load.PATIENCE.toMillis());
        return client.connect(to).map(socket -> {
            socket.textMessageHandler(text -> conversation.hears(new JsonObject(text).getString("body")));
            socket.closeHandler(_ -> {
                Short code = socket.closeStatusCode();
                conversation.ended(code != null && code == GOING_AWAY, "close code " + code);
            });
            return new Socket(socket);
        });
    }

    private record Socket(WebSocket socket) implements Conversation.Line {
        @Override
        public void say(String text) {
            var _ = socket.writeTextMessage(text);
        }

        @Override
        public void hangUp() {
            var _ = socket.close();
        }
    }

    private Future<Conversation.Line> call(HttpClient client, boolean tls, Conversation conversation) {
        return client.request(HttpMethod.POST, port(tls), address, "/echo.Echo/Talk")
                .map(request -> {
                    request.putHeader("Content-Type", "application/grpc").putHeader("TE", "trailers");
                    request.exceptionHandler(e -> {
                        if (!wantsNoMore(e)) {
                            conversation.ended(false, e.toString());
                        }
                    });
                    request.response()
                            .onSuccess(response -> listen(response, conversation))
                            .onFailure(e -> conversation.ended(false, e.toString()));
                    return new Call(request);
                });
    }

    /** Whether the server has ended the call and asks for no more of it (RFC 9113 section 8.1): its status tells how. */
    private static boolean wantsNoMore(Throwable e) {
        return e instanceof StreamResetException reset && reset.getCode() == NO_ERROR;
    }

    private static void listen(HttpClientResponse response, Conversation conversation) {
        response.handler(message -> conversation.hears(message.getString(FRAME, message.length())));
        response.exceptionHandler(e -> conversation.ended(false, e.toString()));
        response.endHandler(_ -> {
            String status = response.getTrailer("grpc-status");
            conversation.ended(UNAVAILABLE.equals(status), "status " + status);
        });
    }

    private record Call(HttpClientRequest request) implements Conversation.Line {
        @Override
        public void say(String text) {
            Buffer bytes = Buffer.buffer(text);
            var _ = request.write(Buffer.buffer()
                    .appendByte((byte) 0)
                    .appendInt(bytes.length())
                    .appendBuffer(bytes));
        }

        @Override
        public void hangUp() {
            var _ = request.end();
        }
    }

    /** Of either sort. */
    private interface Client {
        Future<Void> close();
    }

    private static int port(boolean tls) {
        return tls ? 443 : 80;
    }

    Tally sockets() {
        return sockets;
    }

    Tally calls() {
        return calls;
    }

    @Override
    public void close() {
        Future.join(all.stream().map(Conversation::end).toList()).await();
        clients.forEach(client -> client.close().await());
    }
}
