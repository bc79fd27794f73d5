/**
 * Keeps the {@link dev.portico.operator.watch.World} as the API server says it is.
 *
 * <p>One {@link dev.portico.operator.watch.Reflector} for each kind lists and watches on its own, and goes on after
 * whatever ends a watch. Objects are decoded one by one: one that cannot be decoded is quarantined with a Problem and
 * stops nothing. What objects mean is the business of {@code source} and {@code compile}; besides {@code status} and
 * {@code provision}, this is the only package that speaks to the API server.
 */
@NullMarked
package dev.portico.operator.watch;

import org.jspecify.annotations.NullMarked;
