package dev.portico.proxy.http1;

import dev.portico.proxy.loop.Stall;
import dev.portico.proxy.loop.Timed;
import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.proxy.pipeline.Refusal;
import java.time.Duration;

/** Sees to it that a connection does not last for ever: slow heads, slow bodies, stalled readers, silence. */
final class Http1Watch extends Timed {
    /** How long what a refused client still sends is read and dropped, so that it can read the answer. */
    private static final long LINGER_NANOS = Duration.ofSeconds(2).toNanos();
    /** A connection that was used a moment ago is probably used again: to end it would save nothing. */
    private static final long SHED_NANOS = Duration.ofSeconds(1).toNanos();
    /** Who says no more so soon after a request waits for its answer; who does so later has lost patience and left. */
    private static final long HALF_CLOSE_NANOS = Duration.ofSeconds(1).toNanos();
    /** How long it is believed to wait where nothing shows that it still does. */
    private static final long LAST_ANSWER_NANOS = Duration.ofSeconds(5).toNanos();

    private final Http1Connection connection;
    private final Http1Limits limits;
    private final Stall stall = new Stall();

    private State state = State.FRESH;
    /** Whether the state was looked at since it was entered: only then its time begins, and no request reads the clock. */
    private boolean seen;

    private long since;
    private long bodyBytes;
    private boolean paused;
    private boolean halfClosed;

    /** What a connection is busy with. */
    private enum State {
        FRESH,
        BETWEEN,
        HEAD,
        BODY,
        ANSWER,
        LINGER,
        TAKING
    }

    Http1Watch(Http1Connection connection, Http1Limits limits) {
        this.connection = connection;
        this.limits = limits;
    }

    void opened() {
        enter(State.FRESH);
    }

    void betweenRequests() {
        enter(State.BETWEEN);
    }

    /** Said after every read that completed no head. */
    void headBegun(boolean begun) {
        if (begun && state == State.BETWEEN) {
            enter(State.HEAD);
        } else if (begun && state == State.FRESH) {
            state = State.HEAD;
        }
    }

    /** @param bodyFollows one that must come in time */
    void inRequest(boolean bodyFollows) {
        enter(bodyFollows ? State.BODY : State.ANSWER);
    }

    /** The client says no more. Returns whether it is believed to wait for its answer. */
    boolean halfClosed() {
        halfClosed = true;
        return !seen || System.nanoTime() - since < HALF_CLOSE_NANOS;
    }

    void lingers() {
        enter(State.LINGER);
    }

    /** Nothing is expected of the client but that it takes what was answered. */
    void takes() {
        enter(State.TAKING);
    }

    private void enter(State next) {
        state = next;
        seen = false;
        bodyBytes = 0;
    }

    void body(int bytes) {
        bodyBytes += bytes;
    }

    /** Time in which we do not read is not the client's. */
    void bodyPaused(boolean pause) {
        if (paused != pause) {
            paused = pause;
            seen = false;
            bodyBytes = 0;
        }
    }

    /** The connection can be written to again. */
    void writable() {
        stall.taken();
    }

    /** The response has begun: from there on it is between client and endpoint who waits for whom. */
    void answers() {
        if (state == State.BODY) {
            enter(State.ANSWER);
        }
    }

    @Override
    protected void check(long now) {
        if (!seen) {
            seen = true;
            since = now;
        }
        if (stall.lasted(connection.context().channel(), now)
                > limits.writeStall().toNanos()) {
            connection.abort(Refusal.CLIENT_TOO_SLOW);
            return;
        }
        switch (state) {
            case FRESH -> {
                if (now - since > limits.head().toNanos()) {
                    connection.end(ConnectionLimit.HEADER_TIMEOUT);
                }
            }
            case BETWEEN -> {
                if (now - since > limits.idle().toNanos()) {
                    connection.end(ConnectionLimit.IDLE_TIMEOUT);
                } else if (now - since > SHED_NANOS && connection.memoryIsShort()) {
                    connection.end(ConnectionLimit.MEMORY);
                }
            }
            case HEAD -> {
                if (now - since > limits.head().toNanos()) {
                    connection.headTimeout();
                }
            }
            case BODY -> {
                if (!paused && isTooSlow(now)) {
                    connection.refuseBody(Refusal.BODY_TOO_SLOW);
                }
            }
            case LINGER -> {
                if (now - since > LINGER_NANOS) {
                    connection.endLinger();
                }
            }
            case TAKING -> {}
            case ANSWER -> {
                if (halfClosed && connection.awaitsAnswer() && now - since > LAST_ANSWER_NANOS) {
                    connection.abort(Refusal.CLIENT_CLOSED);
                }
            }
        }
    }

    private boolean isTooSlow(long now) {
        long lasted = now - since;
        return limits.bodyRate() > 0
                && lasted > limits.bodyGrace().toNanos()
                && bodyBytes < lasted / 1e9 * limits.bodyRate();
    }
}
