package dev.portico.operator.push;

import dev.portico.operator.identity.Identities;
import dev.portico.wire.Answer;
import dev.portico.wire.AnswerCodec;
import dev.portico.wire.MalformedException;
import dev.portico.wire.Push;
import dev.portico.wire.PushCodec;
import dev.portico.wire.UnknownWordException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A mutually authenticated HTTP/2 connection to the config port of a replica. */
final class HttpChannel implements Channel {
    /** For the whole of a request: a pod that is slower than that has trouble that users should see. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final int MAX_ANSWER = 4 * 1024 * 1024;
    /** A section at most, and a comma. */
    private static final int MAX_LINE = 8 * 1024 * 1024 + 1;

    private final HttpClient client;
    private final AtomicBoolean open;

    private HttpChannel(HttpClient client, AtomicBoolean open) {
        this.client = client;
        this.open = open;
    }

    static Opener opener(Vertx vertx, Identities identities) {
        return (replica, onClosed) -> {
            var open = new AtomicBoolean(true);
            var client = vertx.httpClientBuilder()
                    .with(ConfigPort.options(identities, replica))
                    .with(new PoolOptions().setHttp2MaxSize(1))
                    .withConnectHandler(connection -> connection.closeHandler(closed -> {
                        open.set(false);
                        onClosed.run();
                    }))
                    .build();
            return new HttpChannel(client, open);
        };
    }

    @Override
    public Answer state() throws IOException, InterruptedException {
        return read(ask(HttpMethod.GET, "/v1/state", Buffer.buffer(), HttpChannel::bounded));
    }

    @Override
    public Answer push(Push push) throws IOException, InterruptedException {
        var body = new ByteArrayOutputStream(64 * 1024);
        PushCodec.write(push, body);
        return read(ask(HttpMethod.PUT, "/v1/push", Buffer.buffer(body.toByteArray()), HttpChannel::bounded));
    }

    @Override
    public Held held() throws IOException, InterruptedException {
        return ask(HttpMethod.GET, "/debug/snapshot", Buffer.buffer(), HttpChannel::lines)
                .held();
    }

    private <T> T ask(HttpMethod method, String path, Buffer body, Function<HttpClientResponse, Future<T>> reader)
            throws IOException, InterruptedException {
        var asked = new RequestOptions().setMethod(method).setURI(path).setTimeout(DEADLINE.toMillis());
        // What follows the response's head must be set on the event loop before anything else happens there.
        var answered = client.request(asked)
                .compose(request -> request.send(body)
                        .compose(response -> response.statusCode() == 200
                                ? reader.apply(response)
                                : Future.failedFuture("answered " + response.statusCode() + ", expected 200")));
        return await(answered);
    }

    // A pod that somebody took over must not be able to fill the operator's memory.
    private static Future<Buffer> bounded(HttpClientResponse response) {
        var body = Buffer.buffer();
        response.handler(part -> {
            if (body.length() + part.length() > MAX_ANSWER) {
                response.request().reset();
            } else {
                body.appendBuffer(part);
            }
        });
        return response.end().map(body);
    }

    private static Future<HeldReader> lines(HttpClientResponse response) {
        var reader = new HeldReader();
        var lines = RecordParser.newDelimited("\n", line -> {
            if (!reader.take(line)) {
                response.request().reset();
            }
        });
        lines.maxRecordSize(MAX_LINE);
        lines.exceptionHandler(tooLong -> response.request().reset());
        response.handler(lines);
        return response.end().map(reader);
    }

    private static <T> T await(Future<T> answered) throws IOException, InterruptedException {
        try {
            return answered.toCompletionStage().toCompletableFuture().get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(reasons(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + DEADLINE.toSeconds() + " s", e);
        }
    }

    /** What TLS says of a certificate lies deep below. */
    private static String reasons(@Nullable Throwable failure) {
        var reasons = new LinkedHashSet<String>();
        for (var cause = failure; cause != null && reasons.size() < 5; cause = cause.getCause()) {
            reasons.add(String.valueOf(cause.getMessage()));
        }
        return String.join(": ", reasons);
    }

    private static Answer read(Buffer body) throws IOException {
        try {
            return AnswerCodec.read(body.getBytes());
        } catch (UnknownWordException | MalformedException e) {
            throw new IOException("the answer is not readable: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isOpen() {
        return open.get();
    }

    @Override
    public void close() {
        client.close();
    }
}
