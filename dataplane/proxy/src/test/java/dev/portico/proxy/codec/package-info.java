/** The readers alone, octet by octet, and beside Netty's decoders. */
@NullMarked
package dev.portico.proxy.codec;

import org.jspecify.annotations.NullMarked;
