@NullMarked
package dev.portico.operator.push;

import org.jspecify.annotations.NullMarked;
