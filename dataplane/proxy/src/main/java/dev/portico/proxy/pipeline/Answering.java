package dev.portico.proxy.pipeline;

import dev.portico.proxy.tunnel.Side;
import dev.portico.proxy.tunnel.TunnelLimits;
import dev.portico.proxy.upstream.Failure;
import dev.portico.proxy.upstream.ResponseSink;
import dev.portico.routetable.ClientTraffic.ServerHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the client of a request is told, by an endpoint or by the data plane itself: begins at most once, ends exactly
 * once, and is recorded then.
 *
 * <p>Its {@link State} only goes forward. Who sends a head takes it from AWAITED to BEGUN (an endpoint by {@link #head}
 * or {@link #upgraded}, we by {@link #answer}); from there on nobody else may answer, and {@link Flow} asks no other
 * endpoint. It is OVER by its end ({@link #end}), where something fails ({@link #fail}), where the client goes
 * ({@link #lost}), and with its tunnel ({@link Tunnelling}); whatever anybody says later is dropped.
 */
final class Answering implements ResponseSink {
    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);
    private static final AsciiString POWERED_BY = AsciiString.cached("x-powered-by");

    private final Pipeline pipeline;
    private final Exchange exchange;
    private final Downstream downstream;
    private final Flow flow;
    private State state = State.AWAITED;

    private enum State {
        /** The client has heard nothing, but perhaps interim responses: what fails can still be answered. */
        AWAITED,
        /** A head was sent: what fails can only be cut. */
        BEGUN,
        /** The same of a call of gRPC: its client can be told in trailers that it failed. */
        CALL_BEGUN,
        /** Recorded: nothing of the exchange changes any more. */
        OVER
    }

    /** @param flow the way of the same request to its endpoint */
    Answering(Pipeline pipeline, Exchange exchange, Downstream downstream, Flow flow) {
        this.pipeline = pipeline;
        this.exchange = exchange;
        this.downstream = downstream;
        this.flow = flow;
    }

    boolean isAwaited() {
        return state == State.AWAITED;
    }

    boolean isOver() {
        return state == State.OVER;
    }

    // ---- by the data plane itself

    void refuse(Refusal refusal) {
        String phrase = HttpResponseStatus.valueOf(refusal.status()) + "\n";
        Reply reply = Reply.text(refusal.status(), refusal.word(), phrase);
        answer(refusal.closes() ? reply.closing() : reply);
    }

    void answer(Reply reply) {
        if (isOver()) {
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
        } else {
            send(reply);
        }
        finish();
        downstream.flush();
    }

    private void send(Reply reply) {
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
    }

    /** Answers so where that is still possible; else a call is told how it ended, and every other answer is cut. */
    void fail(Refusal refusal) {
        if (isOver()) {
            return;
        }
        flow.cancel();
        if (isAwaited() && refused(refusal)) {
            return;
        }
        // Who takes nothing would not take the end either.
        boolean told = state == State.CALL_BEGUN && refusal != Refusal.CLIENT_TOO_SLOW;
        cut(refusal);
        if (told) {
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

    /** The client is gone, or can be told nothing. */
    void lost(Refusal why) {
        if (isOver()) {
            return;
        }
        flow.cancel();
        if (exchange.status == 0) {
            exchange.status = why.status();
        }
        cut(why);
    }

    private void cut(Refusal why) {
        exchange.reason = why.word();
        exchange.cut = true;
        finish();
    }

    // ---- by an endpoint

    @Override
    public void ready() {
        flow.ready();
    }

    @Override
    public void informational(int status, HttpHeaders headers) {
        HopByHop.remove(headers);
        downstream.informational(new ResponseHead(status, headers));
        keepPace();
    }

    @Override
    public void head(int status, HttpHeaders headers, boolean ended) {
        WebSocketHandshake handshake = flow.handshake();
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
        } else if (exchange.isCall() && state == State.BEGUN && Grpc.canBeEnded(head)) {
            state = State.CALL_BEGUN;
        }
    }

    private void received(HttpHeaders headers) {
        exchange.upstreamHeadAt = System.nanoTime();
        HopByHop.remove(headers);
        if (exchange.listener == null || exchange.listener.clientTraffic().serverHeader() == ServerHeader.REMOVE) {
            headers.remove(HttpHeaderNames.SERVER);
            headers.remove(POWERED_BY);
        }
        if (!headers.contains(HttpHeaderNames.DATE)) {
            headers.add(HttpHeaderNames.DATE, pipeline.date()); // RFC 9110 §6.6.1
        }
    }

    @Override
    public void upgraded(HttpHeaders headers, Side endpoint) {
        WebSocketHandshake handshake = flow.handshake();
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
        Side client = downstream.upgrade(head);
        TunnelLimits limits = TunnelLimits.of(exchange.limits());
        pipeline.tunnels().join(client, endpoint, limits, Tunnelling.begin(exchange, pipeline.recorder(), this));
    }

    @Override
    public void data(ByteBuf data) {
        exchange.bytesSent += data.readableBytes();
        downstream.data(data);
        keepPace();
    }

    /** What the client does not take yet is not read from the endpoint. */
    private void keepPace() {
        if (!downstream.isWritable()) {
            downstream.flush();
            if (!downstream.isWritable()) {
                flow.pauseAnswer();
            }
        }
    }

    @Override
    public void end(@Nullable HttpHeaders responseTrailers) {
        downstream.end(responseTrailers == null ? null : Trailers.ofResponse(responseTrailers));
        done();
    }

    private void done() {
        flow.answered();
        finish();
    }

    @Override
    public void flush() {
        downstream.flush();
    }

    @Override
    public void writable() {
        flow.resumeBody();
    }

    @Override
    public void failed(Failure failure) {
        flow.failed(failure);
    }

    // ---- whoever answers

    private void sendHead(ResponseHead head, boolean ended) {
        complete(head);
        downstream.head(head, ended);
    }

    /** The last that is done to a head. */
    private void complete(ResponseHead head) {
        state = State.BEGUN;
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
    void finish() {
        if (isOver()) {
            return;
        }
        state = State.OVER;
        flow.drop();
        exchange.endedAt = System.nanoTime();
        pipeline.recorder().finished(exchange);
    }
}
