/**
 * What every policy kind shares: where it is attached and what became of it.
 *
 * <p>Targets are only named here. The operator finds them, decides which policy wins and writes the status.
 */
@NullMarked
package dev.portico.crds.policy;

import org.jspecify.annotations.NullMarked;
