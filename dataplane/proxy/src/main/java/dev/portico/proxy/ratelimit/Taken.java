package dev.portico.proxy.ratelimit;

/**
 * What came of asking a bucket for a token.
 *
 * @param fullAt when the bucket will be full again
 * @param remaining whole tokens that are left
 * @param waitNanos until there is a token, where there was none
 * @param fullInNanos until the bucket is full
 */
record Taken(boolean passes, long fullAt, long remaining, long waitNanos, long fullInNanos) {}
