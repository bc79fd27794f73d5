/** Tests of the words. */
@NullMarked
package dev.portico.routetable;

import org.jspecify.annotations.NullMarked;
