package dev.portico.proxy.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.ThreadLocalRandom;

/** One of the two directions of a tunnel, fed by the {@link Side} that it comes from. */
public final class Direction {
    /** 1001, going away (RFC 6455 §7.4.1). */
    private static final int GOING_AWAY = 1001;

    private static final int CLOSE = 0x88;
    private static final int MASKED = 0x80;

    private final Tunnel tunnel;
    private final Side from;
    private final Side to;
    private final boolean masked;
    private final Frames frames = new Frames();
    private long bytes;
    private boolean ended;
    private boolean leaving;
    private boolean sealed;
    private boolean released;
    private boolean paused;

    /** @param masked whether frames in this direction are masked, as those of clients are */
    Direction(Tunnel tunnel, Side from, Side to, boolean masked) {
        this.tunnel = tunnel;
        this.from = from;
        this.to = to;
        this.masked = masked;
    }

    /** The peer says something. Takes the buffer over. */
    public void data(ByteBuf data) {
        if (sealed) {
            frames.follow(data);
            data.release();
            tunnel.closeSeen();
            return;
        }
        tunnel.moved();
        if (leaving) {
            upToBoundary(data);
        } else {
            frames.follow(data);
            send(data);
        }
    }

    private void send(ByteBuf data) {
        bytes += data.readableBytes();
        to.data(data);
        if (!to.isWritable() && !paused) {
            to.flush();
            if (!to.isWritable()) {
                paused = true;
                from.pause(true);
            }
        }
    }

    private void upToBoundary(ByteBuf data) {
        int end = frames.next(data, data.readerIndex());
        send(data.readRetainedSlice(end - data.readerIndex()));
        if (frames.atBoundary() || frames.lost()) {
            seal();
        }
        frames.follow(data);
        data.release();
        tunnel.closeSeen();
    }

    /** All that was read at once has been handed over. */
    public void readComplete() {
        to.flush();
    }

    /** The peer says no more, and may still listen. */
    public void end() {
        if (!ended) {
            ended = true;
            if (!sealed) {
                sealed = leaving;
                to.end();
            }
            tunnel.ended();
        }
    }

    /** The peer's side can take more of what comes in the other direction. */
    public void writable() {
        tunnel.opposite(this).resume();
    }

    private void resume() {
        if (paused) {
            paused = false;
            from.pause(false);
        }
    }

    /**
     * The peer is gone, in both directions.
     *
     * @param reset not in order
     */
    public void lost(boolean reset) {
        tunnel.lost(this, reset);
    }

    /** The data plane leaves: see {@link Tunnel#leave}. */
    public void leave() {
        tunnel.leave();
    }

    // ---- for the tunnel

    long bytes() {
        return bytes;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether the peer has said that it closes. */
    boolean isClosed() {
        return frames.closed();
    }

    void start() {
        from.start(this);
    }

    /** Ends the direction by a Close frame, behind the frame that is on its way. */
    void closeFrames() {
        leaving = true;
        if (!sealed && (frames.atBoundary() || frames.lost() || frames.closed())) {
            seal();
        }
    }

    /** From here on nothing of the peer's goes on; a peer that has closed by itself needs no second Close frame. */
    private void seal() {
        sealed = true;
        resume();
        if (frames.atBoundary() && !frames.closed()) {
            to.data(masked ? maskedClose() : Unpooled.wrappedBuffer(close()));
            to.flush();
        } else if (frames.lost()) {
            to.end();
        }
    }

    private static byte[] close() {
        return new byte[] {(byte) CLOSE, 2, GOING_AWAY >> 8, (byte) GOING_AWAY};
    }

    /** Masking is the rule (RFC 6455 §5.3); it hides nothing here, so the key need not be hard to guess. */
    private static ByteBuf maskedClose() {
        int key = ThreadLocalRandom.current().nextInt();
        return Unpooled.buffer(8)
                .writeByte(CLOSE)
                .writeByte(MASKED | 2)
                .writeInt(key)
                .writeShort(GOING_AWAY ^ key >>> 16);
    }

    /** Both peers have said that they close: as a server does, the connection is closed from here. */
    void release() {
        if (!released) {
            released = true;
            from.end();
        }
    }

    boolean isSealed() {
        return sealed;
    }

    /** Drops what still comes. */
    void stop() {
        sealed = true;
    }
}
