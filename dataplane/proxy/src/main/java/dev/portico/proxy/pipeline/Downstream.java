package dev.portico.proxy.pipeline;

import dev.portico.proxy.tunnel.Side;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one request, implemented by each protocol. Called on the connection's event loop only.
 *
 * <p>Order of calls: {@link #informational} any number of times, {@link #head} once, {@link #data} any number of times,
 * {@link #end} once; or {@link #reset} at any moment, after which nothing follows. After {@code end} the protocol calls
 * the {@link RequestSink} no more and discards what is left of the request's body in its own way (HTTP/1 closes the
 * connection, HTTP/2 resets the stream with NO_ERROR).
 */
public interface Downstream {
    /** Sends an interim response (1xx, never 101). */
    void informational(ResponseHead head);

    /**
     * Sends the head. The protocol frames what follows: by Content-Length where the head has one, else in its own way.
     * Responses to HEAD, 204 and 304 have no body, whatever the head says.
     *
     * @param ended no data and no trailers follow: as if {@link #end} were called at once, and it is not called again
     */
    void head(ResponseHead head, boolean ended);

    /**
     * Sends the head with which HTTP ends, instead of {@link #head}; nothing is called after it. Only where the
     * request asked for a WebSocket.
     *
     * @return the client as the side of a tunnel, with what it has said already
     */
    Side upgrade(ResponseHead head);

    /** Sends a part of the body. Takes the buffer over, also when the client is gone. */
    void data(ByteBuf data);

    /** Ends the response, with trailers where the protocol can carry them. */
    void end(@Nullable HttpHeaders trailers);

    /** Writes out what was sent since the last flush; calls within one pass of the loop may be merged. */
    void flush();

    /** Cuts the response short in a way that no client can take for a clean end. */
    void reset();

    /** False: stop sending data until {@link RequestSink#writable}. */
    boolean isWritable();

    /** Stops the flow of request body to the sink; at most what was already read (64 KiB) may still arrive. */
    void pauseBody();

    /** Lets the request body flow (again). The body flows at first. */
    void resumeBody();

    /** The connection cannot be trusted after this request: HTTP/1 closes it, elsewhere a stream is enough. */
    default void closeAfter() {}
}
