package dev.portico.crds.gateway;

/** A version of HTTP that a listener offers. */
public enum HttpVersion {
    HTTP1,
    HTTP2
}
