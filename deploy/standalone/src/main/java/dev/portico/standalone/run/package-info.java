/**
 * What {@code portico run} is made of: the folder's objects and those that a run adds to them, written into the embedded
 * API; the proxy, a process of its own; and what the user is told.
 *
 * <p>Nothing is decided about traffic here: the operator does that, as in a cluster.
 */
@NullMarked
package dev.portico.standalone.run;

import org.jspecify.annotations.NullMarked;
