/**
 * HTTP/1.1 and 1.0 from clients: one {@link Http1Connection} per connection, one {@link Http1Response} per request.
 *
 * <p>Here are framing, keep-alive, pipelining and the deadlines of a connection. Messages were parsed by {@code codec};
 * what a head means, and everything a proxy adds or removes, is the business of {@code pipeline}. Connection and
 * Transfer-Encoding are written here and nowhere else.
 */
@NullMarked
package dev.portico.proxy.http1;

import org.jspecify.annotations.NullMarked;
