package dev.portico.e2e.apiserver;

import dev.portico.operator.identity.Identity;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpResponseExpectation;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;

/** The port of a data plane's pod that is for the operator, on this machine; whose it is, is not asked. */
public record ConfigPort(Vertx vertx, int port) {
    /** What it answers, if that is 200. */
    public String ask(Identity identity, HttpMethod method, String path) {
        var client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(identity.certificate()))
                        .addKeyValue(Buffer.buffer(identity.key()))));
        try {
            return client.request(new RequestOptions()
                            .setMethod(method)
                            .setHost("127.0.0.1")
                            .setPort(port)
                            .setURI(path))
                    .compose(HttpClientRequest::send)
                    .expecting(HttpResponseExpectation.SC_OK)
                    .compose(HttpClientResponse::body)
                    .await()
                    .toString();
        } finally {
            client.close();
        }
    }
}
