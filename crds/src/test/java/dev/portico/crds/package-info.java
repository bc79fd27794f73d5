@NullMarked
package dev.portico.crds;

import org.jspecify.annotations.NullMarked;
