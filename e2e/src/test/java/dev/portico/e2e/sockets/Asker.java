package dev.portico.e2e.sockets;

import dev.portico.e2e.requests.Ask;
import dev.portico.e2e.requests.HeaderCheck;
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
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Asks what a case asks, and says what was not as expected.
 *
 * @param bound where the listeners' ports are bound
 */
public record Asker(Vertx vertx, Map<Integer, SocketAddress> bound) {
    /** What is wrong with the answers, if anything. */
    public List<String> refuse(Ask ask) {
        var wrong = new ArrayList<String>();
        for (Ask.Http version : ask.versions()) {
            List<Answer> answers = answers(ask, version);
            ask.expectation()
                    .refuse(answers.stream()
                            .map(answer -> ask.isCall() ? answer.called() : answer.outcome())
                            .toList())
                    .ifPresent(message -> wrong.add(version + " " + ask + "\n    " + message));
            var looked = answers.stream()
                    .filter(answer -> ask.times() == 1 || answer.status() == 200)
                    .toList();
            if (looked.isEmpty() && ask.hasDetails()) {
                wrong.add(version + " " + ask + "\n    has details, but no answer of status 200 that they speak of");
            }
            looked.stream()
                    .map(answer -> details(ask, answer))
                    .flatMap(List::stream)
                    .distinct()
                    .forEach(message -> wrong.add(version + " " + ask + "\n    " + message));
        }
        return wrong;
    }

    private List<Answer> answers(Ask ask, Ask.Http version) {
        if (ask.method().equals(Ask.WEBSOCKET)) {
            return Stream.generate(
                            () -> WebSockets.open(vertx, ask, bound(ask.url().port())))
                    .limit(ask.times())
                    .toList();
        }
        HttpClient client = vertx.createHttpClient(options(ask, version), new PoolOptions().setHttp1MaxSize(1));
        try {
            var answers = new ArrayList<Answer>();
            for (int i = 0; i < ask.times(); i++) {
                answers.add(once(client, ask, version));
            }
            return answers;
        } finally {
            client.close();
        }
    }

    private static HttpClientOptions options(Ask ask, Ask.Http version) {
        boolean h2 = version == Ask.Http.H2;
        var options = new HttpClientOptions()
                .setProtocolVersion(h2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
                .setHttp2ClearTextUpgrade(false)
                .setSsl(ask.url().https())
                .setUseAlpn(h2)
                .setForceSni(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setDecompressionSupported(false);
        String tls = ask.tls();
        return tls == null ? options : options.setEnabledSecureTransportProtocols(Set.of(tls));
    }

    private Answer once(HttpClient client, Ask ask, Ask.Http version) {
        String sni = ask.sni();
        int port = ask.url().port();
        var options = new RequestOptions()
                .setServer(bound(port))
                .setHost(sni == null ? ask.url().host() : sni)
                .setPort(port)
                .setMethod(HttpMethod.valueOf(ask.isCall() ? "POST" : ask.method()))
                .setURI(ask.url().target());
        var answer = client.request(options).compose(request -> {
            request.authority(
                    HostAndPort.create(ask.url().host(), port == (ask.url().https() ? 443 : 80) ? -1 : port));
            ask.headers().forEach(header -> request.headers().add(header.name(), header.value()));
            return send(request, ask).compose(got -> got.body().map(text -> Answer.of(got, text)));
        });
        try {
            Answer got = answer.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
            got = ask.isCall() ? got.call() : got;
            return version == Ask.Http.H2 && got.version() != HttpVersion.HTTP_2 ? Answer.NONE : got;
        } catch (TimeoutException | InterruptedException e) {
            throw new IllegalStateException(ask + ": no answer within 5 s", e);
        } catch (java.util.concurrent.ExecutionException e) {
            return Answer.NONE;
        }
    }

    private static Future<HttpClientResponse> send(HttpClientRequest request, Ask ask) {
        String body = ask.body();
        if (ask.isCall()) {
            request.putHeader("Content-Type", Grpc.TYPE).putHeader("TE", "trailers");
            return request.send(Grpc.message(body == null ? "" : body));
        }
        return body == null ? request.send() : request.send(Buffer.buffer(body));
    }

    private SocketAddress bound(int port) {
        SocketAddress address = bound.get(port);
        if (address == null) {
            throw new IllegalArgumentException("no listener has port " + port + ", expected one of " + bound.keySet());
        }
        return address;
    }

    private List<String> details(Ask ask, Answer answer) {
        var wrong = new ArrayList<String>();
        for (HeaderCheck check : ask.answer()) {
            check.refuse(found(check, answer)).ifPresent(message -> wrong.add("answer: " + message));
        }
        String body = ask.answerBody();
        if (body != null && !body.equals(answer.body())) {
            wrong.add("answer's body is '" + answer.body() + "', expected '" + body + "'");
        }
        for (HeaderCheck check : ask.seen()) {
            check.refuse(seen(check.name(), answer)).ifPresent(message -> wrong.add("endpoint saw: " + message));
        }
        return wrong;
    }

    private List<String> found(HeaderCheck check, Answer answer) {
        if (check.name().equals(":certificate")) {
            return answer.certificateNames().stream()
                    .filter(name -> name.equals(check.value()))
                    .toList();
        }
        List<String> values = answer.headers().getAll(check.name());
        return check.name().equalsIgnoreCase("Location")
                ? values.stream().map(this::asListened).toList()
                : values;
    }

    /** A location that names the bound port, with the listener's port instead. */
    private String asListened(String location) {
        String result = location;
        for (Map.Entry<Integer, SocketAddress> port : bound.entrySet()) {
            boolean own = port.getKey() == (location.startsWith("https:") ? 443 : 80);
            result = result.replaceFirst(":" + port.getValue().port() + "(?=/|$)", own ? "" : ":" + port.getKey());
        }
        return result;
    }

    private static List<String> seen(String name, Answer answer) {
        if (!answer.body().startsWith("{")) {
            return List.of();
        }
        var echo = new JsonObject(answer.body());
        if (name.startsWith(":")) {
            return Optional.ofNullable(echo.getString(name.substring(1))).stream()
                    .toList();
        }
        return echo.getJsonObject("headers").stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .flatMap(value -> value instanceof JsonArray several ? several.stream() : Stream.of(value))
                .map(String::valueOf)
                .toList();
    }
}
