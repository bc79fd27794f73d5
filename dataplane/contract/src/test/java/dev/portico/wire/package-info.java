/** Tests of the wire. */
@NullMarked
package dev.portico.wire;

import org.jspecify.annotations.NullMarked;
