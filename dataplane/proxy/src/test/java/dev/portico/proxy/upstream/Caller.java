package dev.portico.proxy.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A client of gRPC: speaks HTTP/2 by prior knowledge. */
final class Caller {
    private final HttpClient client;
    private final int port;

    /** How a call ended. */
    record Called(int status, MultiMap head, String body, MultiMap trailers) {
        @Nullable
        String head(String name) {
            return head.get(name);
        }

        @Nullable
        String trailer(String name) {
            return trailers.get(name);
        }
    }

    Caller(Vertx vertx, int port) {
        this.port = port;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    }

    /** The status of the answer to a request that is no call. */
    int ask(String method, String path) throws ExecutionException, InterruptedException, TimeoutException {
        return client.request(HttpMethod.valueOf(method), port, "127.0.0.1", path)
                .compose(request -> request.send().compose(got -> got.end().map(_ -> got.statusCode())))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    Called call(String path, String type, String timeout)
            throws ExecutionException, InterruptedException, TimeoutException {
        return client.request(HttpMethod.POST, port, "127.0.0.1", path)
                .compose(request -> {
                    request.putHeader("Content-Type", type)
                            .putHeader("TE", "trailers")
                            .putHeader("grpc-timeout", timeout);
                    return request.send(Buffer.buffer("x"));
                })
                // On the connection's thread, so that the body is waited for before any of it arrives.
                .compose(got -> got.body()
                        .map(body -> new Called(got.statusCode(), got.headers(), body.toString(), got.trailers())))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }
}
