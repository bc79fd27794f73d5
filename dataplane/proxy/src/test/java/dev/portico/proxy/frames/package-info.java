/** What a peer may send. */
@NullMarked
package dev.portico.proxy.frames;

import org.jspecify.annotations.NullMarked;
