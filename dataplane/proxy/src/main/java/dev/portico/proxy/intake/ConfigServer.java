package dev.portico.proxy.intake;

import dev.portico.wire.Answer;
import dev.portico.wire.Answer.Ack;
import dev.portico.wire.Answer.Reason;
import dev.portico.wire.AnswerCodec;
import dev.portico.wire.MalformedException;
import dev.portico.wire.PushCodec;
import dev.portico.wire.UnknownWordException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The config channel: HTTP over mutual TLS, for the operator alone. */
public final class ConfigServer {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigServer.class);
    private static final long MAX_PUSH = 256L << 20;
    /** One operator pushes one table at a time; two leaders may overlap for a moment. */
    private static final int MAX_AT_ONCE = 4;

    private final Intake intake;
    private final Keeper keeper;
    private final Handler<HttpServerRequest> pages;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);
    private final HttpServer server;

    ConfigServer(Vertx vertx, Identity identity, Intake intake, Keeper keeper, Handler<HttpServerRequest> pages) {
        this.intake = intake;
        this.keeper = keeper;
        this.pages = pages;
        var config = new HttpServerConfig().setIdleTimeout(Duration.ofMinutes(5));
        this.server = vertx.createHttpServer(config, identity.tls()).requestHandler(this::handle);
    }

    Future<Integer> listen(String host, int port) {
        return server.listen(port, host).map(HttpServer::actualPort);
    }

    /** New connections use the identity; open ones stay. */
    Future<Boolean> use(Identity identity) {
        return server.updateSSLOptions(identity.tls());
    }

    private void handle(HttpServerRequest request) {
        if (!OperatorOnly.isOperator(request.connection())) {
            LOG.warn("refused {}: its certificate is not the operator's", request.remoteAddress());
            end(request, 403, "text/plain", Buffer.buffer("the operator's certificate only\n"));
            return;
        }
        switch (request.method() + " " + request.path()) {
            case "PUT /v1/push" -> push(request);
            case "GET /v1/state" -> answerLater(request, intake::state);
            case "GET /debug/snapshot" -> debug(request);
            default -> pages.handle(request);
        }
    }

    private void push(HttpServerRequest request) {
        if (!places.tryAcquire()) {
            end(request, 503, "text/plain", Buffer.buffer("busy\n"));
            return;
        }
        var body = new BodyStream(request, MAX_PUSH);
        answerLater(request, () -> {
            try {
                return push(body);
            } finally {
                places.release();
            }
        });
    }

    private Answer push(BodyStream body) {
        try {
            Answer answer = intake.push(PushCodec.read(body));
            if (answer instanceof Ack) {
                keeper.changed();
            }
            return answer;
        } catch (UnknownWordException e) {
            return intake.refuse(Reason.UNKNOWN_WORD, String.valueOf(e.getMessage()));
        } catch (MalformedException | IOException e) {
            return intake.refuse(Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private void debug(HttpServerRequest request) {
        offLoop(request, () -> DebugSnapshot.of(intake.whole()));
    }

    private void answerLater(HttpServerRequest request, Supplier<Answer> answer) {
        offLoop(request, () -> Buffer.buffer(AnswerCodec.write(answer.get())));
    }

    private static void offLoop(HttpServerRequest request, Supplier<Buffer> json) {
        Context loop = Vertx.currentContext();
        Thread.ofVirtual().name("intake").start(() -> {
            Answered answered = Answered.by(json);
            loop.runOnContext(_ -> end(request, answered.status, answered.type, answered.body));
        });
    }

    private static void end(HttpServerRequest request, int status, String type, Buffer body) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", type)
                .end(body)
                .onFailure(failure -> LOG.debug("the answer did not arrive: {}", failure.toString()));
    }

    private record Answered(int status, String type, Buffer body) {
        static Answered by(Supplier<Buffer> json) {
            try {
                return new Answered(200, "application/json", json.get());
            } catch (RuntimeException e) {
                LOG.error("the config channel failed", e);
                return new Answered(500, "text/plain", Buffer.buffer("failed, see the log\n"));
            }
        }
    }
}
