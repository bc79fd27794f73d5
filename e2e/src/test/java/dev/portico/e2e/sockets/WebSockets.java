package dev.portico.e2e.sockets;

import dev.portico.e2e.requests.Ask;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens a WebSocket as a line asks, says one message and hears one. */
final class WebSockets {
    private WebSockets() {}

    /** @param bound where the URL's port is bound */
    static Answer open(Vertx vertx, Ask ask, SocketAddress bound) {
        WebSocketClient client = vertx.createWebSocketClient();
        int port = ask.url().port();
        var to = new WebSocketConnectOptions()
                .setHost(bound.host())
                .setPort(bound.port())
                .setURI(ask.url().target());
        to.putHeader("Host", ask.url().host() + (port == 80 ? "" : ":" + port));
        ask.headers().forEach(header -> to.putHeader(header.name(), header.value()));
        Future<Answer> answer = client.connect(to).compose(socket -> talk(socket, ask));
        try {
            return answer.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (TimeoutException | InterruptedException e) {
            throw new IllegalStateException(ask + ": no answer within 5 s", e);
        } catch (ExecutionException e) {
            return e.getCause() instanceof UpgradeRejectedException refused ? refused(refused) : Answer.NONE;
        } finally {
            client.close();
        }
    }

    private static Future<Answer> talk(WebSocket socket, Ask ask) {
        Promise<Answer> heard = Promise.promise();
        socket.textMessageHandler(text -> heard.tryComplete(answer(101, socket.headers(), text)));
        socket.closeHandler(_ -> heard.tryFail("closed before a message came"));
        String body = ask.body();
        return socket.writeTextMessage(body == null ? "hello" : body).compose(_ -> heard.future());
    }

    private static Answer refused(UpgradeRejectedException refused) {
        return answer(
                refused.getStatus(), refused.getHeaders(), refused.getBody().toString());
    }

    private static Answer answer(int status, MultiMap headers, String body) {
        return new Answer(status, HttpVersion.HTTP_1_1, headers, MultiMap.caseInsensitiveMultiMap(), body, List.of());
    }
}
