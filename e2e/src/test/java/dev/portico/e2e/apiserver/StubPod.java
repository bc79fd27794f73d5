package dev.portico.e2e.apiserver;

import dev.portico.operator.identity.Identity;
import dev.portico.wire.Answer;
import dev.portico.wire.AnswerCodec;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.MalformedException;
import dev.portico.wire.Push;
import dev.portico.wire.PushCodec;
import dev.portico.wire.Root;
import dev.portico.wire.UnknownWordException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The one replica of a data plane, as far as the operator can tell: it takes tables, says so and serves nothing. */
final class StubPod implements AutoCloseable {
    private final HttpServer server;
    private final KubernetesClient client;
    private final Pod pod;
    private Map<String, EncodedSection> table = Map.of();
    private long term;
    private long version;

    private StubPod(Vertx vertx, Identity identity, Cluster cluster, String namespace, String dataPlane) {
        this.client = cluster.client();
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setClientAuth(ClientAuth.REQUIRED)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(identity.certificate()))
                                .addKeyValue(Buffer.buffer(identity.key())))
                        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(identity.authority()))))
                .requestHandler(this::handle)
                .listen(0)
                .await();
        pod = cluster.pod(namespace, dataPlane, server.actualPort());
    }

    static StubPod start(Vertx vertx, Identity identity, Cluster cluster, String namespace, String dataPlane) {
        return new StubPod(vertx, identity, cluster, namespace, dataPlane);
    }

    private void handle(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> request.response()
                        .end(Buffer.buffer(
                                AnswerCodec.write(request.method().equals(HttpMethod.PUT) ? push(body) : ack()))));
    }

    private synchronized Answer push(Buffer body) {
        try {
            Push push = PushCodec.read(new ByteArrayInputStream(body.getBytes()));
            if (push.base() != null && !push.base().equals(root())) {
                return new Answer.Nack(version, term, root(), Answer.Reason.MISSING_BASE, "has " + root());
            }
            var next = new TreeMap<String, EncodedSection>(push.base() == null ? Map.of() : table);
            push.remove().forEach(next::remove);
            push.put().forEach(section -> next.put(section.key(), section));
            if (!Root.of(next.values()).toString().equals(push.root())) {
                return new Answer.Nack(version, term, root(), Answer.Reason.BROKEN_HASH, "not " + push.root());
            }
            table = next;
            term = push.term();
            version = push.version();
            return ack();
        } catch (IOException | MalformedException | UnknownWordException e) {
            return new Answer.Nack(version, term, root(), Answer.Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private synchronized Answer ack() {
        return new Answer.Ack(version, term, root(), List.of(), List.of(), List.of());
    }

    /** The term of the push that it took last. */
    synchronized long term() {
        return term;
    }

    /** Whether its table has a section of that key. */
    synchronized boolean holds(String key) {
        return table.containsKey(key);
    }

    private String root() {
        return Root.of(table.values()).toString();
    }

    @Override
    public void close() {
        client.resource(pod).withGracePeriod(0).delete();
        server.close().await();
    }
}
