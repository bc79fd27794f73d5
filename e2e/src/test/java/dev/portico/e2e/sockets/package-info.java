/**
 * Both ends of a data plane under test: an echo where its endpoints would be, a client where its users would be. Real
 * sockets, HTTP/1.1 and HTTP/2, with and without TLS.
 *
 * <p>Neither knows what is between them.
 */
@NullMarked
package dev.portico.e2e.sockets;

import org.jspecify.annotations.NullMarked;
