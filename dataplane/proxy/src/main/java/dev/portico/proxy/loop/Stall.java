package dev.portico.proxy.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How long a peer takes nothing of what waits for it. Asked regularly. That something was taken, however little, is seen
 * by what waits at the front: it is another buffer, or less of the same. The sum tells only of whole parts, and not even of
 * those where more comes than goes.
 */
public final class Stall {
    private long waiting = Long.MAX_VALUE;
    /** Compared, and never used: it may be released by now. */
    private @Nullable Object front;

    private long ofFront;
    private long since;

    /** The channel can be written to again, so something was taken, even if as much has taken its place since. */
    public void taken() {
        waiting = Long.MAX_VALUE;
    }

    /** Nanoseconds until now; 0 where nothing waits. */
    @SuppressWarnings("ReferenceEquality") // another part may well be equal
    public long lasted(Channel channel, long now) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        long left = buffer == null ? 0 : buffer.totalPendingWriteBytes();
        Object first = buffer == null ? null : buffer.current();
        long ofFirst = buffer == null ? 0 : buffer.currentProgress();
        if (left == 0 || left < waiting || first != front || ofFirst != ofFront) {
            since = now;
        }
        waiting = left;
        front = first;
        ofFront = ofFirst;
        return now - since;
    }
}
