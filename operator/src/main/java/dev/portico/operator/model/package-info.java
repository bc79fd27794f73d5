/**
 * What the operator knows and says: the world as it was seen ({@link dev.portico.operator.model.ClusterState}), what its
 * objects declare, whatever dialect they are written in, and the words in which compile reports about them.
 *
 * <p>Immutable values only: no clock, random, input, output or logging. Reading an object is the business of {@code
 * source}, turning declarations into tables that of {@code compile}, filling the world that of {@code watch}.
 */
@NullMarked
package dev.portico.operator.model;

import org.jspecify.annotations.NullMarked;
