package dev.portico.proxy.pipeline;

/** Learns what happened, for metrics and access log. One per event loop, called on that loop only; must not block. */
public interface Recorder {
    /** A request is over: answered, refused or cut. The exchange must not be kept. */
    void finished(Exchange exchange);

    /** A client's connection was accepted. */
    void connected(String listener);

    /** A client's connection met a limit that no request can tell of. */
    void limited(String listener, ConnectionLimit limit);

    /** A client's connection is closed. */
    void disconnected(String listener);

    /** A tunnel begins. */
    default void tunnelBegun(String listener) {}

    /** So many more bytes went through a tunnel to the endpoint and to the client. */
    default void tunnelMoved(String listener, long up, long down) {}

    /** A tunnel is over; {@link #finished} follows. */
    default void tunnelOver(String listener) {}
}
