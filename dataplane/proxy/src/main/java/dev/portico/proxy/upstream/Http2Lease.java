package dev.portico.proxy.upstream;

import dev.portico.proxy.body.Parts;
import dev.portico.proxy.frames.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** A stream of a connection to an endpoint: one attempt. */
final class Http2Lease implements Lease {
    private static final AsciiString HTTP = AsciiString.cached("http");
    private static final AsciiString HTTPS = AsciiString.cached("https");
    /** Beyond it a response is no response any more: each costs as much as a head and the client nothing. */
    private static final int MOST_INTERIM = 20;

    private final Http2Session session;
    private final Attempt attempt;
    private final long announced;
    /** Of the request's body: what leaves at the end of this pass of the loop. */
    private final Parts held = new Parts();

    private @Nullable Http2Stream stream;
    private long sent;
    private boolean requestDone;
    private int interim;
    private boolean headRead;
    private boolean bodiless;
    /** A length is announced and nothing came of it yet, which Netty takes for an answer to HEAD. */
    private boolean lacking;

    private boolean paused;
    private long pausedAt;
    private int withheld;
    private boolean toldUnwritable;
    private final long begunAt = System.nanoTime();
    private long progressAt = begunAt;

    Http2Lease(Http2Session session, Attempt attempt) {
        this.session = session;
        this.attempt = attempt;
        String length = attempt.request().headers().get(HttpHeaderNames.CONTENT_LENGTH);
        this.announced = length == null ? -1 : Long.parseLong(length);
        this.requestDone = !attempt.request().bodyFollows();
    }

    // ---- the request

    void begin(int id) {
        UpstreamRequest request = attempt.request();
        if (!isToken(request.target()) || !Fields.areValid(request.headers())) {
            attempt.fail(Failure.UNWRITABLE);
            return;
        }
        stream = session.open(this, id, head(request), requestDone);
        if (stream == null) {
            attempt.fail(Failure.REFUSED);
        } else if (!requestDone) {
            attempt.sink().ready();
        }
    }

    private Http2Headers head(UpstreamRequest request) {
        boolean tls = session.pool().destination().hop().tls() != null;
        return ReadOnlyHttp2Headers.clientHeaders(
                false,
                AsciiString.of(request.method()),
                AsciiString.of(request.target()),
                tls ? HTTPS : HTTP,
                AsciiString.of(request.headers().get(HttpHeaderNames.HOST, "")),
                Fields.pairs(request.headers()));
    }

    /** What is split at spaces where it is forwarded once more. */
    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character <= ' ' || character == 0x7f || character > 0xff) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    @Override
    public void data(ByteBuf data) {
        sent += data.readableBytes();
        progressAt = System.nanoTime();
        if (announced >= 0 && sent > announced) {
            data.release();
            attempt.fail(Failure.BODY_MISMATCH);
        } else if (stream == null || !data.isReadable()) {
            data.release();
        } else {
            boolean first = held.isEmpty();
            held.add(data);
            for (ByteBuf part = held.pollComplete(); part != null; part = held.pollComplete()) {
                session.writeData(stream, part, false);
            }
            if (first && !held.isEmpty()) {
                session.soon(this::writeHeld);
            }
        }
    }

    private void writeHeld() {
        if (stream == null || attempt.isOver()) {
            held.release();
            return;
        }
        ByteBuf part = held.poll();
        if (part != null) {
            session.writeData(stream, part, false);
        }
    }

    @Override
    public void end(@Nullable HttpHeaders trailers) {
        requestDone = true;
        progressAt = System.nanoTime();
        if (announced >= 0 && sent != announced) {
            attempt.fail(Failure.BODY_MISMATCH);
        } else if (trailers != null && !Fields.areValid(trailers)) {
            attempt.fail(Failure.UNWRITABLE);
        } else if (stream != null && trailers != null && !trailers.isEmpty()) {
            writeHeld();
            session.writeHeaders(stream.id(), ReadOnlyHttp2Headers.trailers(false, Fields.pairs(trailers)), true);
        } else if (stream != null) {
            ByteBuf last = held.poll();
            session.writeData(stream, last == null ? Unpooled.EMPTY_BUFFER : last, true);
        }
    }

    @Override
    public boolean isWritable() {
        boolean writable = stream != null && session.isWritable(stream);
        toldUnwritable |= !writable;
        return writable;
    }

    /** The flow controller has room for more, or has none any more. */
    void writabilityChanged() {
        if (toldUnwritable && !attempt.isOver() && isWritable()) {
            toldUnwritable = false;
            progressAt = System.nanoTime();
            attempt.sink().writable();
        }
    }

    @Override
    public void abandon() {
        if (stream != null) {
            session.reset(stream, Http2Error.CANCEL);
        }
    }

    @Override
    public void check(long now) {
        session.check(now);
        if (attempt.isOver()) {
            return;
        }
        long silent = now - progressAt;
        long idle = attempt.request().idleNanos();
        if (silent > attempt.request().stallNanos()
                || (isEndpointsTurn() && idle != UpstreamRequest.NEVER && silent > idle)) {
            attempt.fail(silenced());
        } else if (!requestDone && !headRead && isWritable() && session.pool().mustMakeWay(sent, now - begunAt)) {
            attempt.fail(Failure.BODY_STALLED);
        } else if (headRead && paused && session.pool().mustMakeWay(now - pausedAt)) {
            attempt.fail(Failure.UNREAD);
        }
    }

    /** Whether nobody but the endpoint can go on. */
    private boolean isEndpointsTurn() {
        return requestDone ? !(headRead && paused) : !(headRead || isWritable());
    }

    private Failure silenced() {
        if (headRead) {
            return paused ? Failure.UNREAD : Failure.TRUNCATED;
        }
        return requestDone || !isWritable() ? Failure.HEAD_TIMEOUT : Failure.BODY_STALLED;
    }

    // ---- the response

    /** A head of the response, or its trailers. */
    void head(@Nullable CharSequence status, HttpHeaders headers, boolean last) {
        if (attempt.isOver()) {
            return;
        }
        if (headRead) {
            end(headers, status == null && last);
            return;
        }
        int code = status == null ? 0 : AsciiString.of(status).parseInt();
        if (code < 100 || code > 599 || code == 101 || (code < 200 && (last || ++interim > MOST_INTERIM))) {
            attempt.fail(Failure.MALFORMED);
        } else if (code < 200) {
            attempt.sink().informational(code, headers);
        } else {
            takeHead(code, headers, last);
        }
    }

    private void takeHead(int code, HttpHeaders headers, boolean last) {
        bodiless = code == 204 || code == 304 || attempt.request().method().equals("HEAD");
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        lacking = !bodiless && length != null && Long.parseLong(length) > 0;
        if (last && lacking) {
            attempt.fail(Failure.MALFORMED);
            return;
        }
        headRead = true;
        progressAt = System.nanoTime();
        if (last) {
            over();
        }
        attempt.sink().head(code, headers, last);
    }

    private void end(HttpHeaders trailers, boolean valid) {
        if (valid && !lacking) {
            over();
            attempt.sink().end(trailers.isEmpty() ? null : trailers);
        } else {
            attempt.fail(Failure.TRUNCATED);
        }
    }

    /** A part of the response's body. Returns how much of it the endpoint may send anew at once. */
    int received(ByteBuf data, int bytes, boolean last) {
        if (attempt.isOver()) {
            return bytes;
        }
        if (!headRead) {
            attempt.fail(Failure.MALFORMED);
            return bytes;
        }
        progressAt = System.nanoTime();
        lacking &= !data.isReadable();
        if (last && lacking) {
            attempt.fail(Failure.TRUNCATED);
            return bytes;
        }
        // Some send a body to HEAD as well; where it ends is beyond doubt, unlike in HTTP/1.1.
        if (data.isReadable() && !bodiless) {
            attempt.sink().data(data.retain());
        }
        if (last && !attempt.isOver()) {
            over();
            attempt.sink().end(null);
        }
        if (paused && !attempt.isOver()) {
            withheld += bytes;
            return 0;
        }
        return bytes;
    }

    /** The response is complete; an endpoint that answers early need not get the rest of the request. */
    private void over() {
        attempt.finish();
        if (!requestDone && stream != null) {
            session.reset(stream, Http2Error.CANCEL);
        }
    }

    @Override
    public void pause(boolean pause) {
        if (pause && !paused) {
            pausedAt = System.nanoTime();
        }
        paused = pause;
        if (headRead) {
            progressAt = System.nanoTime();
        }
        if (!pause && withheld > 0 && stream != null) {
            int bytes = withheld;
            withheld = 0;
            session.giveBack(stream, bytes);
        }
    }

    void flush() {
        attempt.sink().flush();
    }

    void reset(long errorCode) {
        stream = null;
        if (headRead) {
            attempt.fail(Failure.TRUNCATED);
        } else {
            attempt.fail(errorCode == Http2Error.REFUSED_STREAM.code() ? Failure.REFUSED : Failure.CLOSED);
        }
    }

    void malformed() {
        stream = null;
        attempt.fail(headRead ? Failure.TRUNCATED : Failure.MALFORMED);
    }

    /** The stream is closed in both directions, in whatever way. */
    void closed(boolean unseen) {
        stream = null;
        attempt.fail(unseen && !headRead ? Failure.REFUSED : lost());
    }

    private Failure lost() {
        if (headRead) {
            return Failure.TRUNCATED;
        }
        return session.isUsed() && interim == 0 ? Failure.STALE : Failure.CLOSED;
    }
}
