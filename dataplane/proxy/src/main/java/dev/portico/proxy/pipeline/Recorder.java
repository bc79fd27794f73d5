package dev.portico.proxy.pipeline;

/** Learns what happened, for metrics and access log. One per event loop, called on that loop only; must not block. */
public interface Recorder {
    /** A request is over: answered, refused or cut. The exchange must not be kept. */
    void finished(Exchange exchange);

    /** A client's connection was accepted. */
    void connected(String listener);

    /** A client's connection is closed. */
    void disconnected(String listener);
}
