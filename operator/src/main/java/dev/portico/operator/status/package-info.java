/**
 * Tells users what became of their objects: conditions, addresses, Events.
 *
 * <p>The {@link dev.portico.operator.status.Reporter} decides what is to be said and when, from what compile and the
 * data planes say; the {@link dev.portico.operator.status.StatusWriter} is the only one that writes. What is unchanged
 * is not written, and entries of other controllers are left as they are. Nothing is judged here: that is the business
 * of {@code compile} and of the data planes.
 */
@NullMarked
package dev.portico.operator.status;

import org.jspecify.annotations.NullMarked;
