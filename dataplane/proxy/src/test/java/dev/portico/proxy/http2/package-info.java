/** HTTP/2 frame by frame over real sockets, with real endpoints behind. */
@NullMarked
package dev.portico.proxy.http2;

import org.jspecify.annotations.NullMarked;
