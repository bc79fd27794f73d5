/** Handshakes over real sockets. */
@NullMarked
package dev.portico.proxy.tls;

import org.jspecify.annotations.NullMarked;
