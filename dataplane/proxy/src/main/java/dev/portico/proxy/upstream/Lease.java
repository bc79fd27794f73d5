package dev.portico.proxy.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** What an attempt has of a connection while it lasts: all of it, or a stream. */
interface Lease {
    /** Sends a part of the body. Takes the buffer over. */
    void data(ByteBuf data);

    /** Ends the body. */
    void end(@Nullable HttpHeaders trailers);

    boolean isWritable();

    /** Stops or resumes the flow of the response. */
    void pause(boolean paused);

    /** The attempt is over in the middle of it: nothing of it may reach another one. */
    void abandon();

    /** Fails the attempt where the endpoint takes too long. */
    void check(long now);
}
