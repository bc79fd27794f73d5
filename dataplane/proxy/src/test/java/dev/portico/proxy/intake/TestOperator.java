package dev.portico.proxy.intake;

import dev.portico.wire.Answer;
import dev.portico.wire.AnswerCodec;
import dev.portico.wire.MalformedException;
import dev.portico.wire.Push;
import dev.portico.wire.PushCodec;
import dev.portico.wire.UnknownWordException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Speaks the config channel as the operator does. */
public final class TestOperator {
    private final HttpClient client;
    private final int port;

    /** What came back. */
    public record Reply(int status, String body) {
        public Answer answer() throws UnknownWordException, MalformedException {
            return AnswerCodec.read(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    public TestOperator(Vertx vertx, TestCa.Issued identity, int port) {
        this.port = port;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setVerifyHost(false)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(identity.ca())))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(identity.chain()))
                        .addKeyValue(Buffer.buffer(identity.key()))));
    }

    public Answer push(Push push) throws Exception {
        return send(HttpMethod.PUT, "/v1/push", body(push)).answer();
    }

    public Answer state() throws Exception {
        return send(HttpMethod.GET, "/v1/state", Buffer.buffer()).answer();
    }

    public Reply send(HttpMethod method, String path, Buffer body)
            throws ExecutionException, InterruptedException, TimeoutException {
        return client.request(method, port, "127.0.0.1", path)
                // On the connection's thread, so that the body is waited for before any of it arrives.
                .compose(request -> request.send(body)
                        .compose(response ->
                                response.body().map(bytes -> new Reply(response.statusCode(), bytes.toString()))))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    public static Buffer body(Push push) throws IOException {
        var bytes = new ByteArrayOutputStream();
        PushCodec.write(push, bytes);
        return Buffer.buffer(bytes.toByteArray());
    }
}
