package dev.portico.proxy.pipeline;

import dev.portico.proxy.body.Parts;
import dev.portico.proxy.tunnel.Side;
import dev.portico.proxy.tunnel.Tunnel;
import dev.portico.proxy.tunnel.TunnelLimits;
import dev.portico.proxy.upstream.Attempt;
import dev.portico.proxy.upstream.Failure;
import dev.portico.proxy.upstream.Hop;
import dev.portico.proxy.upstream.ResponseSink;
import dev.portico.proxy.upstream.UpstreamRequest;
import dev.portico.routetable.ClientTraffic.ServerHeader;
import dev.portico.routetable.Endpoints.Endpoint;
import dev.portico.routetable.HttpVersion;
import dev.portico.routetable.Timeouts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request between its client and an endpoint: lets bodies flow at the pace of the slower side, tries again where
 * nothing can happen twice, and records the end exactly once.
 */
final class Flow implements RequestSink {
    private static final Logger LOG = LoggerFactory.getLogger(Flow.class);
    private static final AsciiString POWERED_BY = AsciiString.cached("x-powered-by");
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE");
    private static final int MOST_ENDPOINTS = 3;

    private final Pipeline pipeline;
    private final Exchange exchange;
    private final Downstream downstream;
    private final boolean bodyFollows;
    /** What came of the body before there was a connection to send it on. */
    private final Parts early = new Parts();

    private Router.@Nullable Upstream upstream;
    /** Endpoints that could not be reached. */
    private List<Endpoint> unreached = List.of();

    private @Nullable Deadlines deadlines;
    private @Nullable Attempt attempt;
    private @Nullable HttpHeaders trailers;
    private @Nullable Handshake handshake;
    private boolean requestEnded;
    private boolean ready;
    private boolean bodySent;
    private boolean paused;
    private boolean refreshed;
    private boolean headSent;
    /** Whether what was begun is a call's answer, which can still say how it ended. */
    private boolean callBegun;

    private boolean over;

    Flow(Pipeline pipeline, Exchange exchange, Downstream downstream, boolean bodyFollows) {
        this.pipeline = pipeline;
        this.exchange = exchange;
        this.downstream = downstream;
        this.bodyFollows = bodyFollows;
        this.requestEnded = !bodyFollows;
    }

    // ---- answers of our own

    void refuse(Refusal refusal) {
        Reply reply = Reply.text(refusal.status(), refusal.word(), phrase(refusal.status()));
        answer(refusal.closes() ? reply.closing() : reply);
    }

    private static String phrase(int status) {
        return io.netty.handler.codec.http.HttpResponseStatus.valueOf(status) + "\n";
    }

    void answer(Reply reply) {
        if (over) {
            return;
        }
        exchange.reason = reply.reason();
        if (reply.closes()) {
            downstream.closeAfter();
        }
        if (exchange.isCall()) {
            HttpHeaders head = Grpc.head(reply);
            head.set(HttpHeaderNames.DATE, pipeline.date());
            sendHead(new ResponseHead(200, head), true);
            finish();
            downstream.flush();
            return;
        }
        HttpHeaders headers = new DefaultHttpHeaders().add(reply.headers());
        headers.set(HttpHeaderNames.DATE, pipeline.date());
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        if (reply.status() != 204 && reply.status() != 304) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        }
        boolean bodiless = body.length == 0
                || reply.status() == 204
                || reply.status() == 304
                || exchange.received().method().equals("HEAD");
        sendHead(new ResponseHead(reply.status(), headers), bodiless);
        if (!bodiless) {
            exchange.bytesSent += body.length;
            downstream.data(
                    UnpooledByteBufAllocator.DEFAULT.heapBuffer(body.length).writeBytes(body));
            downstream.end(null);
        }
        finish();
        downstream.flush();
    }

    /** Answers so where that is still possible; else a call is told how it ended, and every other answer is cut. */
    void fail(Refusal refusal) {
        if (over) {
            return;
        }
        cancel();
        if (!headSent && refused(refusal)) {
            return;
        }
        exchange.reason = refusal.word();
        exchange.cut = true;
        finish();
        // Who takes nothing would not take the end either.
        if (callBegun && refusal != Refusal.CLIENT_TOO_SLOW) {
            downstream.end(Grpc.end(refusal.status()));
            downstream.flush();
        } else {
            downstream.reset();
        }
    }

    /** False where even that failed: a request must end whatever a stage makes of the answer. */
    private boolean refused(Refusal refusal) {
        try {
            refuse(refusal);
            return true;
        } catch (RuntimeException e) {
            LOG.error(
                    "An answer on {} failed in the data plane itself",
                    exchange.client().listener(),
                    e);
            return false;
        }
    }

    // ---- towards the endpoint

    void forward(Ending.Forwarding targets, Router table) {
        String id = targets.next();
        Router.Upstream chosen = id == null ? null : table.upstream(id);
        if (chosen == null) {
            refuse(Refusal.NO_BACKEND);
            return;
        }
        exchange.upstream = id;
        upstream = chosen;
        exchange.request()
                .headers()
                .set(HttpHeaderNames.HOST, exchange.request().authority());
        if (exchange.received().webSocket()) {
            handshake = Handshake.in(exchange.request().headers());
        } else if (exchange.request().headers().contains(HttpHeaderNames.TE)) {
            exchange.request().headers().set(HttpHeaderNames.CONNECTION, HttpHeaderNames.TE);
        }
        Endpoint endpoint = chosen.endpoints().next(unreached);
        if (endpoint == null) {
            refuse(Refusal.NO_ENDPOINT);
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
                        new Answering());
        attempt = next;
        ready = false;
        next.start(fresh);
        if (bodyFollows && !requestEnded && !ready && !over) {
            pauseBody();
        }
    }

    /** To an endpoint that speaks HTTP/1.1 there is no call either: it is a request like others. */
    private Deadlines deadlines(HttpHeaders headers, Hop hop) {
        Timeouts timeouts = exchange.requireRoute().timeouts();
        return exchange.isCall() && hop.protocol() != HttpVersion.HTTP1
                ? Deadlines.ofCall(timeouts, exchange.startedAt, Grpc.timeout(headers))
                : Deadlines.of(timeouts, exchange.startedAt);
    }

    @Override
    public void data(ByteBuf data) {
        exchange.bytesReceived += data.readableBytes();
        if (over) {
            data.release();
        } else if (ready && attempt != null) {
            send(attempt, data);
        } else {
            early.add(data);
        }
    }

    private void send(Attempt to, ByteBuf data) {
        bodySent = true;
        to.data(data);
        if (!to.isOver() && !to.isWritable()) {
            pauseBody();
        }
    }

    @Override
    public void end(@Nullable HttpHeaders requestTrailers) {
        requestEnded = true;
        trailers = requestTrailers == null ? null : Trailers.ofRequest(requestTrailers, exchange.listener());
        if (ready && attempt != null && !over) {
            attempt.end(trailers);
        }
    }

    private void pauseBody() {
        if (!paused) {
            paused = true;
            downstream.pauseBody();
        }
    }

    private void resumeBody() {
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
        fail(Refusal.SHUTDOWN);
    }

    @Override
    public void aborted(Refusal why) {
        if (over) {
            return;
        }
        cancel();
        exchange.reason = why.word();
        exchange.cut = true;
        if (exchange.status == 0) {
            exchange.status = why.status();
        }
        finish();
    }

    private void cancel() {
        if (attempt != null) {
            attempt.cancel();
        }
    }

    // ---- towards the client

    private void sendHead(ResponseHead head, boolean ended) {
        complete(head);
        downstream.head(head, ended);
    }

    /** The last that is done to a head, whoever answers. */
    private void complete(ResponseHead head) {
        headSent = true;
        exchange.status = head.status();
        RunnableRoute route = exchange.route;
        if (route != null) {
            for (int i = route.stages().size() - 1; i >= 0; i--) {
                route.stages().get(i).response(exchange, head);
            }
        }
        if (exchange.answerHeaders != null) {
            head.headers().add(exchange.answerHeaders);
        }
    }

    /** Once and at the very end: nothing of the exchange changes after it is recorded. */
    private void finish() {
        if (over) {
            return;
        }
        over = true;
        early.release();
        exchange.endedAt = System.nanoTime();
        pipeline.recorder().finished(exchange);
    }

    /** What the endpoint answers. */
    private final class Answering implements ResponseSink {
        @Override
        public void ready() {
            Attempt current = attempt;
            if (current == null) {
                return;
            }
            ready = true;
            for (ByteBuf data = early.poll(); data != null; data = early.poll()) {
                send(current, data);
            }
            if (requestEnded) {
                current.end(trailers);
            } else if (current.isWritable()) {
                resumeBody();
            }
        }

        @Override
        public void informational(int status, HttpHeaders headers) {
            HopByHop.remove(headers);
            downstream.informational(new ResponseHead(status, headers));
            keepPace();
        }

        @Override
        public void head(int status, HttpHeaders headers, boolean ended) {
            if (handshake != null && handshake.seemsDoneBy(status)) {
                fail(Refusal.UPSTREAM_MALFORMED);
                return;
            }
            received(headers);
            if (status == 204) {
                headers.remove(HttpHeaderNames.CONTENT_LENGTH);
            }
            var head = new ResponseHead(status, headers);
            sendHead(head, ended);
            if (ended) {
                done();
            } else {
                callBegun = exchange.isCall() && Grpc.canBeEnded(head);
            }
        }

        private void received(HttpHeaders headers) {
            exchange.upstreamHeadAt = System.nanoTime();
            HopByHop.remove(headers);
            if (exchange.listener == null || exchange.listener.clientTraffic().serverHeader() == ServerHeader.REMOVE) {
                headers.remove(HttpHeaderNames.SERVER);
                headers.remove(POWERED_BY);
            }
        }

        @Override
        public void upgraded(HttpHeaders headers, Side endpoint) {
            if (handshake == null || !handshake.isDoneBy(headers)) {
                endpoint.reset();
                fail(Refusal.UPSTREAM_MALFORMED);
                return;
            }
            received(headers);
            headers.remove(HttpHeaderNames.CONTENT_LENGTH); // a tunnel has none (RFC 9110 §8.6)
            ResponseHead head = new ResponseHead(101, headers);
            try {
                complete(head);
            } catch (RuntimeException e) {
                endpoint.reset();
                fail(Refusal.INTERNAL_ERROR);
                throw e;
            }
            TunnelLimits limits = TunnelLimits.of(exchange.limits());
            pipeline.tunnels().join(downstream.upgrade(head), endpoint, limits, new Tunnelling());
        }

        @Override
        public void data(ByteBuf data) {
            exchange.bytesSent += data.readableBytes();
            downstream.data(data);
            keepPace();
        }

        private void keepPace() {
            if (!downstream.isWritable() && attempt != null) {
                downstream.flush();
                if (!downstream.isWritable()) {
                    attempt.pause(true);
                }
            }
        }

        @Override
        public void end(@Nullable HttpHeaders responseTrailers) {
            downstream.end(responseTrailers == null ? null : Trailers.ofResponse(responseTrailers));
            done();
        }

        /** The client has its answer; an endpoint that answers early need not get the rest of the body. */
        private void done() {
            if (!requestEnded) {
                cancel();
            }
            finish();
        }

        @Override
        public void flush() {
            downstream.flush();
        }

        @Override
        public void writable() {
            resumeBody();
        }

        @Override
        public void failed(Failure failure) {
            if (!over && !tryAgain(failure)) {
                fail(refusal(failure));
            }
        }
    }

    /** The request after its answer was 101: neither side of the flow is asked anything any more. */
    private final class Tunnelling implements Tunnel.Owner {
        private final String listener = exchange.client().listener();

        Tunnelling() {
            pipeline.recorder().tunnelBegun(listener);
        }

        @Override
        public void moved(long up, long down) {
            exchange.bytesReceived += up;
            exchange.bytesSent += down;
            pipeline.recorder().tunnelMoved(listener, up, down);
        }

        @Override
        public void over(Tunnel.End why) {
            Refusal reason = reason(why);
            if (reason != null) {
                exchange.reason = reason.word();
                exchange.cut = true;
            }
            pipeline.recorder().tunnelOver(listener);
            finish();
        }

        private static @Nullable Refusal reason(Tunnel.End why) {
            return switch (why) {
                case DONE -> null;
                case CLIENT_LOST -> Refusal.CLIENT_CLOSED;
                case ENDPOINT_LOST -> Refusal.UPSTREAM_CLOSED;
                case CLIENT_STALLED -> Refusal.CLIENT_TOO_SLOW;
                case IDLE -> Refusal.TUNNEL_IDLE;
                case LEFT -> Refusal.SHUTDOWN;
            };
        }
    }

    /** Another endpoint where none has seen the request; a new connection where an old one proved dead. */
    private boolean tryAgain(Failure failure) {
        Router.Upstream choice = upstream;
        Endpoint endpoint = exchange.endpoint;
        if (headSent || bodySent || choice == null || endpoint == null || isTooLate()) {
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
