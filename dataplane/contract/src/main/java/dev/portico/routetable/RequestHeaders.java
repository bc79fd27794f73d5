package dev.portico.routetable;

/** Changes the headers of the request before it goes to the endpoint. */
public record RequestHeaders(HeaderChange change) implements Filter {}
