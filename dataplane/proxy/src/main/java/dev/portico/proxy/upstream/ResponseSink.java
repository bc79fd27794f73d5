package dev.portico.proxy.upstream;

import dev.portico.proxy.tunnel.Side;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Learns what becomes of an {@link Attempt}. After {@link #end} or {@link #failed} nothing follows but a flush. */
public interface ResponseSink {
    /** A connection is there and the request's body may be sent. Not called for requests without body. */
    void ready();

    /** An interim response. */
    void informational(int status, HttpHeaders headers);

    /**
     * The response's head.
     *
     * @param ended nothing follows, {@link #end} is not called
     */
    void head(int status, HttpHeaders headers, boolean ended);

    /**
     * The answer was 101, instead of a head; nothing follows, the attempt is over. Only where the request asked for it.
     *
     * @param endpoint what the connection has become
     */
    default void upgraded(HttpHeaders headers, Side endpoint) {
        throw new IllegalStateException("101 is answered to a request that asked for nothing else than an answer");
    }

    /** A part of the body. Takes the buffer over. */
    void data(ByteBuf data);

    void end(@Nullable HttpHeaders trailers);

    /** All that was read at once has been handed over. */
    void flush();

    /** More of the request's body may be sent. */
    void writable();

    void failed(Failure failure);
}
