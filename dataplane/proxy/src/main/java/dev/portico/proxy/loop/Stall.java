package dev.portico.proxy.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** How long a peer takes nothing of what waits for it. Asked regularly: something, however little, is seen as less. */
public final class Stall {
    private long waiting = Long.MAX_VALUE;
    private long since;

    /** The channel can be written to again, so something was taken, even if as much has taken its place since. */
    public void taken() {
        waiting = Long.MAX_VALUE;
    }

    /** Nanoseconds until now; 0 where nothing waits. */
    public long lasted(Channel channel, long now) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        long left = buffer == null ? 0 : buffer.totalPendingWriteBytes();
        if (left == 0 || left < waiting) {
            since = now;
        }
        waiting = left;
        return now - since;
    }
}
