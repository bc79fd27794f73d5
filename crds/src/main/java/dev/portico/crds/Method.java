package dev.portico.crds;

/** A request method. */
public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS,
    QUERY,
    CONNECT,
    TRACE
}
