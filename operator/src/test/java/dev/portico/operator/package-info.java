@NullMarked
package dev.portico.operator;

import org.jspecify.annotations.NullMarked;
