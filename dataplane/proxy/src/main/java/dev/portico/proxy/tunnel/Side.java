package dev.portico.proxy.tunnel;

import io.netty.buffer.ByteBuf;

/** One of the two peers of a tunnel, as its connection reaches it. Belongs to the event loop of the tunnel. */
public interface Side {
    /** Begins to hand over what the peer says, at once or later; what came before this is first. */
    void start(Direction from);

    /** Sends to the peer. Takes the buffer over, also when the peer is gone. */
    void data(ByteBuf data);

    /** Writes out what was sent since the last flush. */
    void flush();

    /** Says that nothing more comes. The peer may go on speaking where its protocol has half-closed connections. */
    void end();

    /** Closes in both directions, once what was sent is written. */
    void close();

    /** Closes so that the peer cannot take it for an orderly end. */
    void reset();

    /** False: stop sending until {@link Direction#writable}. */
    boolean isWritable();

    /** For how many nanoseconds the peer takes nothing of what waits for it. Asked regularly. */
    long stalled(long now);

    /** Stops or resumes the flow from the peer; at most what was read already may still come. */
    void pause(boolean pause);
}
