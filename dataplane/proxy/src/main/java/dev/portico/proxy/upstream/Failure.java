package dev.portico.proxy.upstream;

/** Why an attempt failed. */
public enum Failure {
    /** Too many wait for this endpoint, or too long. */
    OVERLOADED,
    CONNECT_FAILED,
    CONNECT_TIMEOUT,
    /** The endpoint could not be verified, or TLS or a protocol could not be agreed upon. */
    TLS_FAILED,
    /** The endpoint says that it has not looked at the request. */
    REFUSED,
    /** A connection that had been idle closed before it answered: the endpoint has probably not seen the request. */
    STALE,
    /** A new connection closed before it answered, or the endpoint broke off the exchange on a live one. */
    CLOSED,
    /** What came back is no response. */
    MALFORMED,
    /** The response ended before its end. */
    TRUNCATED,
    /** No head in time. */
    HEAD_TIMEOUT,
    /** Who asked does not take the response. */
    UNREAD,
    /** The request's body did not go on. */
    BODY_STALLED,
    /** The attempt's deadline has passed. */
    TIMEOUT,
    /** The body is longer or shorter than the request's Content-Length. */
    BODY_MISMATCH,
    /** The request has characters that cannot stand in a head. */
    UNWRITABLE
}
