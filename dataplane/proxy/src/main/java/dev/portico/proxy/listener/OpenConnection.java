package dev.portico.proxy.listener;

import dev.portico.proxy.loop.Timed;
import dev.portico.proxy.pipeline.ConnectionLimit;
import dev.portico.proxy.pipeline.Recorder;
import io.netty.channel.Channel;
import java.time.Duration;

/**
 * A client's connection and how it is asked to end. As long as it has not agreed upon a protocol, it is swept, and ends
 * where that takes too long. Belongs to one event loop.
 */
final class OpenConnection extends Timed {
    private final String listener;
    private final Channel channel;
    private final Recorder recorder;
    private final ConnectionLimit limit;
    private final long deadline;
    private boolean late;
    private Ending ending = OpenConnection::closeAtOnce;

    /** How a protocol ends a connection. */
    @FunctionalInterface
    interface Ending {
        void end(Channel channel, Farewell farewell);
    }

    /**
     * @param patience until a protocol is agreed upon
     * @param limit what is reached then
     */
    OpenConnection(String listener, Channel channel, Recorder recorder, Duration patience, ConnectionLimit limit) {
        this.listener = listener;
        this.channel = channel;
        this.recorder = recorder;
        this.limit = limit;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    String listener() {
        return listener;
    }

    void speaks(Ending protocol) {
        ending = protocol;
    }

    void end(Farewell farewell) {
        ending.end(channel, farewell);
    }

    @Override
    protected void check(long now) {
        if (now - deadline > 0 && !late) {
            late = true;
            recorder.limited(listener, limit);
            var _ = channel.close();
        }
    }

    /** It has not said a word yet. */
    private static void closeAtOnce(Channel channel, Farewell farewell) {
        if (farewell != Farewell.SOON) {
            var _ = channel.close();
        }
    }
}
