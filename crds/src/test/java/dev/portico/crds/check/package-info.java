@NullMarked
package dev.portico.crds.check;

import org.jspecify.annotations.NullMarked;
