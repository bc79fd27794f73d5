/** HTTP/2 and TLS to endpoints, over real sockets. */
@NullMarked
package dev.portico.proxy.upstream;

import org.jspecify.annotations.NullMarked;
