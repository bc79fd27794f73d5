package dev.portico.operator.push;

import dev.portico.operator.identity.Identity;
import dev.portico.wire.Answer;
import dev.portico.wire.AnswerCodec;
import dev.portico.wire.EncodedSection;
import dev.portico.wire.MalformedException;
import dev.portico.wire.Push;
import dev.portico.wire.PushCodec;
import dev.portico.wire.Root;
import dev.portico.wire.UnknownWordException;
import io.vertx.core.MultiMap;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A pod that keeps tables and serves nothing: it answers pushes as the data plane does, or as a test wants. */
public final class StubPod implements AutoCloseable {
    private final Vertx vertx;
    private final Identity identity;
    private final String dataPlane;
    private final List<Push> pushes = new CopyOnWriteArrayList<>();
    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private volatile MultiMap asked = MultiMap.caseInsensitiveMultiMap();
    private volatile HttpServer server;
    private volatile Map<String, EncodedSection> table = Map.of();
    private volatile long term;
    private volatile long version;
    private volatile Function<Push, Answer.@Nullable Reason> refusal = push -> null;
    private volatile List<Answer.Outcome> listeners = List.of();
    private volatile List<Answer.Outcome> certificates = List.of();
    private volatile boolean stuck;

    private StubPod(Vertx vertx, Identity identity, String dataPlane) {
        this.vertx = vertx;
        this.identity = identity;
        this.dataPlane = dataPlane;
        this.server = listen(0);
    }

    public static StubPod start(Vertx vertx, Identity identity, String dataPlane) {
        return new StubPod(vertx, identity, dataPlane);
    }

    public int port() {
        return server.actualPort();
    }

    /** The pushes that it received, also those that it refused. */
    public List<Push> pushes() {
        return pushes;
    }

    public String root() {
        return Root.of(table.values()).toString();
    }

    public Map<String, EncodedSection> table() {
        return table;
    }

    public long term() {
        return term;
    }

    /** Refuses what the function gives a reason for. */
    public void refuse(Function<Push, Answer.@Nullable Reason> reason) {
        refusal = reason;
    }

    public void outcomes(Answer.Outcome... outcomes) {
        listeners = List.of(outcomes);
    }

    public void certificates(Answer.Outcome... outcomes) {
        certificates = List.of(outcomes);
    }

    public void seenTerm(long seen) {
        term = seen;
    }

    /** Takes pushes and does not answer them. */
    public void stick() {
        stuck = true;
    }

    public void loosen() {
        stuck = false;
    }

    /** Has a page besides, which it calls HTML and gives a cookie with. */
    public void page(String path, String text) {
        pages.put(path, text);
    }

    /** The headers with which a page was asked for last. */
    public MultiMap asked() {
        return asked;
    }

    /** Comes back at the same port without its table. */
    public void restart() {
        var port = port();
        server.close().await();
        table = Map.of();
        version = 0;
        server = listen(port);
    }

    @Override
    public void close() {
        server.close().await();
    }

    private HttpServer listen(int port) {
        var options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setSsl(true)
                .setUseAlpn(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(identity.certificate()))
                        .addKeyValue(Buffer.buffer(identity.key())))
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(identity.authority())));
        return vertx.createHttpServer(options)
                .requestHandler(this::handle)
                .listen()
                .await();
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (stuck) {
                return;
            }
            var page = pages.get(request.path());
            if (page != null) {
                asked = request.headers();
                request.response()
                        .putHeader("content-type", "text/html")
                        .putHeader("set-cookie", "pod=1")
                        .end(page);
                return;
            }
            if (request.path().equals("/debug/snapshot")) {
                request.response().end(snapshot());
                return;
            }
            var answer = request.method().equals(HttpMethod.PUT) ? push(body) : ack();
            request.response().end(Buffer.buffer(AnswerCodec.write(answer)));
        });
    }

    private synchronized String snapshot() {
        return table.values().stream()
                .map(section -> new String(section.line(), StandardCharsets.UTF_8))
                .collect(Collectors.joining(
                        ",\n",
                        "{\"version\":" + version + ",\"term\":" + term + ",\"root\":\"" + root()
                                + "\",\"sections\":[\n",
                        "\n]}\n"));
    }

    private synchronized Answer push(Buffer body) {
        try {
            var push = PushCodec.read(new ByteArrayInputStream(body.getBytes()));
            pushes.add(push);
            return answer(push);
        } catch (IOException | MalformedException e) {
            return nack(Answer.Reason.MALFORMED);
        } catch (UnknownWordException e) {
            return nack(Answer.Reason.UNKNOWN_WORD);
        }
    }

    private Answer answer(Push push) {
        var reason = refusal.apply(push);
        if (reason != null) {
            return nack(reason);
        }
        if (!push.dataPlane().equals(dataPlane)) {
            return nack(Answer.Reason.WRONG_DATA_PLANE);
        }
        if (push.term() < term) {
            return nack(Answer.Reason.OLDER_TERM);
        }
        if (push.base() != null && !push.base().equals(root())) {
            return nack(Answer.Reason.MISSING_BASE);
        }
        var next = new TreeMap<String, EncodedSection>(push.base() == null ? Map.of() : table);
        push.remove().forEach(next::remove);
        push.put().forEach(section -> next.put(section.key(), section));
        if (!Root.of(next.values()).toString().equals(push.root())) {
            return nack(Answer.Reason.BROKEN_HASH);
        }
        table = next;
        term = push.term();
        version = push.version();
        return ack();
    }

    private Answer ack() {
        return new Answer.Ack(version, term, root(), List.of(), listeners, certificates);
    }

    private Answer nack(Answer.Reason reason) {
        return new Answer.Nack(version, term, root(), reason, "as the test wants");
    }
}
