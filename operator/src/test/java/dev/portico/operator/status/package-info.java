@NullMarked
package dev.portico.operator.status;

import org.jspecify.annotations.NullMarked;
