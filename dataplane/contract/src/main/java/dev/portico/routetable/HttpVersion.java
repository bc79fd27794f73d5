package dev.portico.routetable;

/** A version of HTTP that a listener speaks. */
public enum HttpVersion {
    HTTP1,
    HTTP2
}
