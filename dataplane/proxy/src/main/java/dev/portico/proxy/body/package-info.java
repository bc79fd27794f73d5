/** Bodies on their way, whatever the protocol and the direction. */
@NullMarked
package dev.portico.proxy.body;

import org.jspecify.annotations.NullMarked;
