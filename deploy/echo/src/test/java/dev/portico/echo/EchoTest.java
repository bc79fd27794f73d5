package dev.portico.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EchoTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void end() {
        vertx.close().await();
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void tellsWhatItWasAsked(HttpVersion version) {
        int port = listen(Behaviour.echo("shop", "market"));
        var told = new JsonObject(ask(port, version, "two apples").body());
        assertThat(told.getString("service")).isEqualTo("shop");
        assertThat(told.getString("namespace")).isEqualTo("market");
        assertThat(told.getString("method")).isEqualTo("POST");
        assertThat(told.getString("path")).isEqualTo("/cart?id=7");
        assertThat(told.getString("authority")).isEqualTo("127.0.0.1:" + port);
        assertThat(told.getString("version")).isEqualTo(version == HttpVersion.HTTP_2 ? "HTTP/2" : "HTTP/1.1");
        assertThat(told.getString("body")).isEqualTo("two apples");
        assertThat(told.getJsonObject("headers").getString("x-one")).isEqualTo("1");
    }

    @Test
    void countsALongBodyAndTellsItsBeginning() {
        int port = listen(Behaviour.echo("shop", "market"));
        var told = new JsonObject(
                ask(port, HttpVersion.HTTP_1_1, "x".repeat(1 << 20)).body());
        assertThat(told.getLong("bodyBytes")).isEqualTo(1 << 20);
        assertThat(told.getString("body")).hasSize(64 * 1024);
    }

    @Test
    void endsCallsAsItIsTold() {
        int port = listen(behaviour(200, null, 8));
        var answer = ask(port, HttpVersion.HTTP_2, "\0\0\0\0\5hello");
        var message = answer.body();
        assertThat(answer.response().trailers().get("grpc-status")).isEqualTo("8");
        assertThat(new JsonObject(message.slice(5, message.length())).getString("body"))
                .isEqualTo("hello");
    }

    @Test
    void saysMessagesOfATalkAgainAsTheyCome() {
        int port = listen(behaviour(200, null, 0));
        var client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        var request = client.request(HttpMethod.POST, port, "127.0.0.1", "/echo.Echo/Talk")
                .await();
        Promise<Buffer> first = Promise.promise();
        Promise<String> status = Promise.promise();
        // Where it comes in: what has come before somebody listens is lost.
        request.response()
                .onSuccess(response -> response.handler(first::tryComplete)
                        .endHandler(_ -> status.complete(response.getTrailer("grpc-status"))));
        request.write(Buffer.buffer("\0\0\0\0\3one")).await();
        assertThat(first.future().await()).hasToString("\0\0\0\0\3one");
        request.end();
        assertThat(status.future().await()).isEqualTo("0");
    }

    @Test
    void answersAsItIsTold() {
        var answer = ask(listen(behaviour(410, "it was here", null)), HttpVersion.HTTP_1_1, "");
        assertThat(answer.response().statusCode()).isEqualTo(410);
        assertThat(answer.response().getHeader("X-Since")).isEqualTo("2020");
        assertThat(answer.response().getHeader(Echo.SERVICE)).isEqualTo("shop");
        assertThat(answer.body()).hasToString("it was here");
    }

    private record Answer(HttpClientResponse response, Buffer body) {}

    private static Behaviour behaviour(int status, @Nullable String body, @Nullable Integer grpcStatus) {
        return new Behaviour(
                "shop", "market", status, Map.of("X-Since", "2020"), body, Duration.ofMillis(5), grpcStatus, null);
    }

    private int listen(Behaviour behaviour) {
        return Echo.listen(vertx, behaviour, "127.0.0.1", 0).await().actualPort();
    }

    private Answer ask(int port, HttpVersion version, String body) {
        var client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false));
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/cart?id=7")
                .putHeader("x-one", "1");
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(response -> response.body().map(read -> new Answer(response, read)))
                .await();
    }
}
