package dev.portico.proxy.http2;

import dev.portico.proxy.loop.Stall;
import dev.portico.proxy.loop.Timed;
import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.proxy.pipeline.Refusal;
import io.netty.handler.codec.http2.Http2Error;
import java.time.Duration;
import java.util.ArrayList;

/** What a connection must not take too long for. Looked at twice in a second. */
final class Deadlines extends Timed {
    /** A connection that was used a moment ago is probably used again: to end it would save nothing. */
    private static final long SHED_AFTER = Duration.ofSeconds(1).toNanos();

    private static final long EVERY = Duration.ofMillis(500).toNanos();

    private final Session session;
    private final Http2Limits limits;
    private final Stall stall = new Stall();
    private final Window window;
    private final long opened = System.nanoTime();
    private long next = opened;
    private long idleSince = opened;
    private int lastStream;
    private boolean flows = true;

    Deadlines(Session session, Http2Limits limits) {
        this.session = session;
        this.limits = limits;
        this.window = session.windowOf(session.connection().connectionStream());
    }

    /** The connection can be written to again. */
    void writable() {
        stall.taken();
    }

    /** The client lets us send more on all streams together. */
    void windowOpened(int bytes) {
        window.open(bytes);
    }

    /** Whether the connection's window is open, or was at least used lately. */
    boolean flows() {
        return flows;
    }

    @Override
    protected void check(long now) {
        if (now - next < 0) {
            return;
        }
        next = now + EVERY;
        boolean idle = session.connection().numActiveStreams() == 0;
        int last = session.connection().remote().lastStreamCreated();
        if (!idle || last != lastStream) {
            // Most requests begin and end between two looks.
            idleSince = now;
            lastStream = last;
        }
        boolean moved = window.hasMoved();
        flows = moved || !window.isShut();
        long partialSince = session.partialFrameSince();
        Duration partialMost = idle ? limits.firstFrame() : limits.partialFrame();
        if (stall.lasted(session.channel(), now) > limits.writeStall().toNanos()) {
            session.requests().closedAll(Refusal.CLIENT_TOO_SLOW);
            session.abort();
        } else if (!session.decoder().prefaceReceived()
                && now - opened > limits.firstFrame().toNanos()) {
            session.endLate(Http2Error.SETTINGS_TIMEOUT, "no SETTINGS in time");
        } else if (partialSince != 0 && now - partialSince > partialMost.toNanos()) {
            session.endLate(Http2Error.ENHANCE_YOUR_CALM, "a frame takes too long");
        } else if (idle && now - idleSince > limits.idle().toNanos()) {
            session.drain(ConnectionLimit.IDLE_TIMEOUT);
        } else if (idle && now - idleSince > SHED_AFTER && session.memoryIsShort()) {
            session.drain(ConnectionLimit.MEMORY);
        } else if (!idle) {
            streams(now);
        }
    }

    private void streams(long now) {
        var late = new ArrayList<Stream>(0);
        session.requests().forEach(stream -> {
            if (stream.late(now, limits) != null) {
                late.add(stream);
            }
        });
        for (Stream stream : late) {
            Refusal why = stream.late(now, limits);
            if (why != null) {
                stream.giveUp(why);
            }
        }
    }
}
