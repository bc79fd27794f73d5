@NullMarked
package dev.portico.operator.term;

import org.jspecify.annotations.NullMarked;
