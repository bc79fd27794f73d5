package dev.portico.proxy.tunnel;

import dev.portico.proxy.loop.Sweep;
import dev.portico.proxy.loop.Timed;

/**
 * Joins a client and an endpoint until one of them is gone or both have ended. Each is read only as fast as the other
 * takes it, so a tunnel keeps at most what fits into two write buffers (64 KiB each) and one read.
 */
public final class Tunnel extends Timed {
    private final Side client;
    private final Side endpoint;
    private final Sweep sweep;
    private final TunnelLimits limits;
    private final Owner owner;
    private final Direction up;
    private final Direction down;
    private boolean leaving;
    private boolean over;
    private long movedAt = System.nanoTime();
    private long reportedUp;
    private long reportedDown;

    /** Who is told how a tunnel fares. */
    public interface Owner {
        /** So many bytes have gone to the endpoint and to the client since this was called last. */
        void moved(long up, long down);

        /** The tunnel is over; nothing follows. */
        void over(End why);
    }

    /** Why a tunnel is over. */
    public enum End {
        /** Both peers ended, or one that had said by a Close frame that it does. */
        DONE,
        CLIENT_LOST,
        ENDPOINT_LOST,
        /** The client took nothing for too long. */
        CLIENT_STALLED,
        /** Neither peer said anything for too long. */
        IDLE,
        /** The data plane leaves. */
        LEFT
    }

    public Tunnel(Side client, Side endpoint, Sweep sweep, TunnelLimits limits, Owner owner) {
        this.client = client;
        this.endpoint = endpoint;
        this.sweep = sweep;
        this.limits = limits;
        this.owner = owner;
        this.up = new Direction(this, client, endpoint, true);
        this.down = new Direction(this, endpoint, client, false);
    }

    /** Lets both peers speak. */
    public void start() {
        sweep.add(this);
        up.start();
        down.start();
    }

    /** Tells both peers by a Close frame that the data plane goes away, and ends when they have answered. */
    void leave() {
        if (!over && !leaving) {
            leaving = true;
            down.closeFrames();
            up.closeFrames();
            closeSeen();
        }
    }

    Direction opposite(Direction of) {
        return of == up ? down : up;
    }

    void moved() {
        movedAt = System.nanoTime();
    }

    /** A peer that has closed, and has been told that we do, waits for the end of its connection. */
    void closeSeen() {
        if (leaving && up.isClosed() && down.isSealed()) {
            up.release();
        }
        if (leaving && down.isClosed() && up.isSealed()) {
            down.release();
        }
    }

    void ended() {
        if (up.hasEnded() && down.hasEnded()) {
            finish(leaving ? End.LEFT : End.DONE);
        }
    }

    /** The peer from which a direction comes is gone. */
    void lost(Direction of, boolean reset) {
        if (over) {
            return;
        }
        // Who has said by a Close frame that it goes, or was told so by one, may go as it likes.
        // To whom nothing more comes, may go in order.
        boolean expected = of.isClosed()
                || opposite(of).isClosed()
                || (!reset && opposite(of).hasEnded());
        if (reset && !expected) {
            (of == up ? endpoint : client).reset();
        }
        finish(leaving ? End.LEFT : expected ? End.DONE : of == up ? End.CLIENT_LOST : End.ENDPOINT_LOST);
    }

    private void cut(End why) {
        client.reset();
        endpoint.reset();
        finish(why);
    }

    private void finish(End why) {
        if (!over) {
            over = true;
            sweep.remove(this);
            up.stop();
            down.stop();
            client.close();
            endpoint.close();
            report();
            owner.over(why);
        }
    }

    private void report() {
        long moreUp = up.bytes() - reportedUp;
        long moreDown = down.bytes() - reportedDown;
        if (moreUp + moreDown > 0) {
            reportedUp += moreUp;
            reportedDown += moreDown;
            owner.moved(moreUp, moreDown);
        }
    }

    @Override
    protected void check(long now) {
        report();
        if (client.stalled(now) > limits.writeStall().toNanos()) {
            cut(End.CLIENT_STALLED);
        } else if (now - movedAt > limits.idle().toNanos()) {
            cut(leaving ? End.LEFT : End.IDLE);
        }
    }
}
