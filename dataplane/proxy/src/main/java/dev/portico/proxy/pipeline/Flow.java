package dev.portico.proxy.pipeline;

import dev.portico.proxy.body.Parts;
import dev.portico.proxy.upstream.Attempt;
import dev.portico.proxy.upstream.Failure;
import dev.portico.proxy.upstream.Hop;
import dev.portico.proxy.upstream.UpstreamRequest;
import dev.portico.routetable.Endpoints.Endpoint;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Timeouts;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way from its client to an endpoint: asks one, or another where nothing can happen twice, and lets
 * the body flow at the pace of the slower side. What comes back is the business of {@link Answering}, which also knows
 * whether the request is over.
 *
 * <p>The {@link Body} is HELD while an attempt waits for its connection, OPEN from {@link #ready} on, and SENT with its
 * first part; only from OPEN it can be HELD again, by the next attempt. Whether the client has said all of it
 * ({@code requestEnded}), and whether it was asked to wait with the rest ({@code paused}), is independent of that.
 */
final class Flow implements RequestSink {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE");
    private static final int MOST_ENDPOINTS = 3;

    private final Pipeline pipeline;
    private final Exchange exchange;
    private final Downstream downstream;
    private final boolean bodyFollows;
    private final Answering answering;
    /** What came of the body while it was held; most requests have none. */
    private @Nullable Parts early;

    private Router.@Nullable Upstream upstream;
    /** Endpoints that could not be reached. */
    private List<Endpoint> unreached = List.of();

    private @Nullable RequestDeadlines deadlines;
    private @Nullable Attempt attempt;
    private @Nullable HttpHeaders trailers;
    private @Nullable WebSocketHandshake handshake;
    private Body body = Body.HELD;
    private boolean requestEnded;
    private boolean paused;
    /** Whether a new connection was tried in place of an old one: a second time it is the endpoint's fault. */
    private boolean refreshed;

    /** How far the body of the request has come. */
    private enum Body {
        /** There is no connection yet to send it on. */
        HELD,
        /** There is one, and nothing was sent so far: another endpoint may still be asked. */
        OPEN,
        /** Some of it was sent: whatever happens to it must happen once. */
        SENT
    }

    Flow(Pipeline pipeline, Exchange exchange, Downstream downstream, boolean bodyFollows) {
        this.pipeline = pipeline;
        this.exchange = exchange;
        this.downstream = downstream;
        this.bodyFollows = bodyFollows;
        this.requestEnded = !bodyFollows;
        this.answering = new Answering(pipeline, exchange, downstream, this);
    }

    Answering answering() {
        return answering;
    }

    // ---- asking an endpoint

    void forward(Ending.Forwarding targets, Router table) {
        String id = targets.next();
        Router.Upstream chosen = id == null ? null : table.upstream(id);
        if (chosen == null) {
            answering.refuse(Refusal.NO_BACKEND);
            return;
        }
        exchange.upstream = id;
        upstream = chosen;
        exchange.request()
                .headers()
                .set(HttpHeaderNames.HOST, exchange.request().authority());
        if (exchange.received().webSocket()) {
            handshake = WebSocketHandshake.in(exchange.request().headers());
        } else if (exchange.request().headers().contains(HttpHeaderNames.TE)) {
            exchange.request().headers().set(HttpHeaderNames.CONNECTION, HttpHeaderNames.TE);
        }
        Endpoint endpoint = chosen.endpoints().next(unreached);
        if (endpoint == null) {
            answering.refuse(Refusal.NO_ENDPOINT);
        } else {
            ask(endpoint, chosen, false);
        }
    }

    private void ask(Endpoint endpoint, Router.Upstream chosen, boolean fresh) {
        RequestHead request = exchange.request();
        if (deadlines == null) {
            deadlines = deadlines(request.headers(), chosen.hop());
        }
        exchange.endpoint = endpoint;
        exchange.attempts++;
        exchange.upstreamStartedAt = System.nanoTime();
        Attempt next = pipeline.upstreams()
                .attempt(
                        endpoint,
                        handshake == null ? chosen.hop() : chosen.hop().http1(),
                        new UpstreamRequest(
                                request.method(),
                                request.target(),
                                request.headers(),
                                bodyFollows,
                                deadlines.attempt(exchange.upstreamStartedAt),
                                deadlines.idleNanos(),
                                deadlines.stallNanos()),
                        answering);
        attempt = next;
        body = Body.HELD;
        next.start(fresh);
        if (bodyFollows && !requestEnded && body == Body.HELD && !answering.isOver()) {
            pauseBody();
        }
    }

    /** To an endpoint that speaks HTTP/1.1 there is no call either: it is a request like others. */
    private RequestDeadlines deadlines(HttpHeaders headers, Hop hop) {
        Timeouts timeouts = exchange.requireRoute().timeouts();
        return exchange.isCall() && hop.protocol() != HttpVersion.HTTP1
                ? RequestDeadlines.ofCall(timeouts, exchange.startedAt, Grpc.timeout(headers))
                : RequestDeadlines.of(timeouts, exchange.startedAt);
    }

    /** What was asked of the endpoint where the client wants a WebSocket. */
    @Nullable
    WebSocketHandshake handshake() {
        return handshake;
    }

    void pauseAnswer() {
        if (attempt != null) {
            attempt.pause(true);
        }
    }

    /** The client has its answer; an endpoint that answers early need not get the rest of the body. */
    void answered() {
        if (!requestEnded) {
            cancel();
        }
    }

    void cancel() {
        if (attempt != null) {
            attempt.cancel();
        }
    }

    /** The request is over. */
    void drop() {
        if (early != null) {
            early.release();
        }
    }

    // ---- what the client says

    @Override
    public void data(ByteBuf data) {
        exchange.bytesReceived += data.readableBytes();
        if (answering.isOver()) {
            data.release();
        } else if (body != Body.HELD && attempt != null) {
            send(attempt, data);
        } else {
            if (early == null) {
                early = new Parts();
            }
            early.add(data);
        }
    }

    private void send(Attempt to, ByteBuf data) {
        body = Body.SENT;
        to.data(data);
        if (!to.isOver() && !to.isWritable()) {
            pauseBody();
        }
    }

    @Override
    public void end(@Nullable HttpHeaders requestTrailers) {
        requestEnded = true;
        trailers = requestTrailers == null ? null : Trailers.ofRequest(requestTrailers, exchange.listener());
        if (body != Body.HELD && attempt != null && !answering.isOver()) {
            attempt.end(trailers);
        }
    }

    /** There is a connection: what waited goes first. */
    void ready() {
        Attempt current = attempt;
        if (current == null) {
            return;
        }
        body = Body.OPEN;
        for (ByteBuf data = held(); data != null; data = held()) {
            send(current, data);
        }
        if (requestEnded) {
            current.end(trailers);
        } else if (current.isWritable()) {
            resumeBody();
        }
    }

    private @Nullable ByteBuf held() {
        return early == null ? null : early.poll();
    }

    private void pauseBody() {
        if (!paused) {
            paused = true;
            downstream.pauseBody();
        }
    }

    void resumeBody() {
        if (paused) {
            paused = false;
            downstream.resumeBody();
        }
    }

    @Override
    public void writable() {
        if (attempt != null) {
            attempt.pause(false);
        }
    }

    @Override
    public void shutDown() {
        answering.fail(Refusal.SHUTDOWN);
    }

    @Override
    public void aborted(Refusal why) {
        answering.lost(why);
    }

    // ---- asking once more

    void failed(Failure failure) {
        if (!tryAgain(failure)) {
            answering.fail(refusal(failure));
        }
    }

    /** Another endpoint where none has seen the request; a new connection where an old one proved dead. */
    private boolean tryAgain(Failure failure) {
        Router.Upstream choice = upstream;
        Endpoint endpoint = exchange.endpoint;
        if (!answering.isAwaited() || body == Body.SENT || choice == null || endpoint == null || isTooLate()) {
            return false;
        }
        return switch (failure) {
            case CONNECT_FAILED, CONNECT_TIMEOUT, TLS_FAILED -> {
                unreached = new ArrayList<>(unreached);
                unreached.add(endpoint);
                yield askAnother(choice);
            }
            case REFUSED -> askAnother(choice);
            case STALE -> {
                boolean harmless =
                        !refreshed && IDEMPOTENT.contains(exchange.request().method());
                if (harmless) {
                    refreshed = true;
                    ask(endpoint, choice, true);
                }
                yield harmless;
            }
            case OVERLOADED,
                    CLOSED,
                    MALFORMED,
                    TRUNCATED,
                    HEAD_TIMEOUT,
                    UNREAD,
                    BODY_STALLED,
                    TIMEOUT,
                    BODY_MISMATCH,
                    UNWRITABLE -> false;
        };
    }

    private boolean askAnother(Router.Upstream choice) {
        Endpoint next = exchange.attempts < MOST_ENDPOINTS ? choice.endpoints().next(unreached) : null;
        if (next == null) {
            return false;
        }
        ask(next, choice, false);
        return true;
    }

    private boolean isTooLate() {
        return deadlines != null && deadlines.requestIsOver();
    }

    private Refusal refusal(Failure failure) {
        return switch (failure) {
            case OVERLOADED -> Refusal.UPSTREAM_OVERLOADED;
            case CONNECT_FAILED -> Refusal.CONNECT_FAILED;
            case CONNECT_TIMEOUT -> Refusal.CONNECT_TIMEOUT;
            case TLS_FAILED -> Refusal.UPSTREAM_TLS_FAILED;
            case REFUSED -> Refusal.UPSTREAM_REFUSED;
            case STALE, CLOSED -> Refusal.UPSTREAM_CLOSED;
            case MALFORMED -> Refusal.UPSTREAM_MALFORMED;
            case TRUNCATED -> Refusal.UPSTREAM_TRUNCATED;
            case HEAD_TIMEOUT -> Refusal.UPSTREAM_TIMEOUT;
            case UNREAD -> Refusal.CLIENT_TOO_SLOW;
            case BODY_STALLED -> Refusal.BODY_TOO_SLOW;
            case TIMEOUT -> isTooLate() ? Refusal.REQUEST_TIMEOUT : Refusal.UPSTREAM_TIMEOUT;
            case BODY_MISMATCH -> Refusal.BAD_FRAMING;
            case UNWRITABLE -> Refusal.BAD_HEADER;
        };
    }
}
