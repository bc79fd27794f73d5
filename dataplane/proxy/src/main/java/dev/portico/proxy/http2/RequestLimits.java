package dev.portico.proxy.http2;

/**
 * What may be asked for on one connection.
 *
 * @param streams requests at the same time
 * @param most requests after which the connection ends; 0: no limit
 * @param path bytes of {@code :path}
 * @param fields besides the pseudo-headers; crumbs of cookies count one by one
 */
record RequestLimits(int streams, int most, int path, int fields) {}
