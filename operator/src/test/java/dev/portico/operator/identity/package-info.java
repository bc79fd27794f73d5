@NullMarked
package dev.portico.operator.identity;

import org.jspecify.annotations.NullMarked;
