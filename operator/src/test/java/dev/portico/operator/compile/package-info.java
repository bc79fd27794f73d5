/** What compile promises, held against worlds written as users write them. */
@NullMarked
package dev.portico.operator.compile;

import org.jspecify.annotations.NullMarked;
