@NullMarked
package dev.portico.operator.console;

import org.jspecify.annotations.NullMarked;
