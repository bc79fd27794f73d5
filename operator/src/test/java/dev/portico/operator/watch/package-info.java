@NullMarked
package dev.portico.operator.watch;

import org.jspecify.annotations.NullMarked;
