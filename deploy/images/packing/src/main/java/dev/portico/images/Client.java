package dev.portico.images;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a program on 127.0.0.1. */
final class Client implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int ANSWER_SECONDS = 10;
    private static final int LOOK_MILLIS = 2;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Vertx vertx() {
        return vertx;
    }

    /** Asks over a socket of its own, which costs the least, until there is an answer of status 200. */
    static void awaitServed(Process process, int port, String host) throws InterruptedException {
        Jvm.await(process, LOOK_MILLIS, () -> isServed(port, host), host + " on port " + port);
    }

    private static boolean isServed(int port, String host) {
        var request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    /** One request on a connection of its own; its answer is checked for this status. */
    void ask(int port, String host, String path, HttpVersion version, boolean tls, String body, int status)
            throws InterruptedException {
        var options = new HttpClientOptions()
                .setProtocolVersion(version)
                .setHttp2ClearTextUpgrade(false)
                .setSsl(tls)
                .setUseAlpn(tls)
                .setForceSni(true)
                .setTrustAll(true)
                .setVerifyHost(false);
        var client = vertx.createHttpClient(options);
        var request = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(port, LOOPBACK))
                .setHost(host)
                .setMethod(body.isEmpty() ? HttpMethod.GET : HttpMethod.POST)
                .setURI(path);
        int got = await(client.request(request)
                .compose(asked -> asked.send(Buffer.buffer(body)))
                .compose(answer -> answer.body().map(_ -> answer))
                .map(HttpClientResponse::statusCode)
                .eventually(client::close));
        if (got != status) {
            throw new IllegalStateException(host + path + " over " + version + ": " + got + ", expected " + status);
        }
    }

    /** Says a text and hears one. */
    void speak(int port, String host) throws InterruptedException {
        var client = vertx.createWebSocketClient();
        var options =
                new WebSocketConnectOptions().setHost(LOOPBACK).setPort(port).setURI("/");
        options.putHeader("Host", host);
        await(client.connect(options)
                .compose(socket -> {
                    var heard = Promise.<String>promise();
                    socket.textMessageHandler(heard::tryComplete);
                    socket.closeHandler(_ -> heard.tryFail("closed before a message came"));
                    return socket.writeTextMessage("hello")
                            .compose(_ -> heard.future())
                            .compose(_ -> socket.close());
                })
                .eventually(client::close));
    }

    static <T> T await(Future<T> future) throws InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
