package dev.portico.proxy.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Where a protocol puts what follows the head of a request. Called on the connection's event loop only. */
public interface RequestSink {
    /** A part of the body. Takes the buffer over. */
    void data(ByteBuf data);

    /** The body's end. Not called for a request that was begun without a body. */
    void end(@Nullable HttpHeaders trailers);

    /** {@link Downstream#isWritable} has become true. */
    void writable();

    /** The data plane ends and waits no longer. Answered with what can still be said; not called for a tunnel. */
    void shutDown();

    /** The client is gone, has reset the stream, or broke the framing; nothing follows, the downstream is dead. */
    void aborted(Refusal why);
}
