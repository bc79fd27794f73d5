package dev.portico.routetable;

/** Changes the headers of the response before it goes to the client. */
public record ResponseHeaders(HeaderChange change) implements Filter {}
