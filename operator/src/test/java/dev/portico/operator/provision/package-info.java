@NullMarked
package dev.portico.operator.provision;

import org.jspecify.annotations.NullMarked;
