/**
 * Makes the CRDs from the records while the project is built.
 *
 * <p>Runs in Maven's JVM with the generator's class path and is of no use to a running Portico. What the generator has
 * no annotation for (list types, allowed numbers, categories) is added here; nothing is checked here.
 */
@NullMarked
package dev.portico.crds.schema;

import org.jspecify.annotations.NullMarked;
