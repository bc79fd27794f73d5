/**
 * Turns the world into one route table for each data plane and one report for each object.
 *
 * <p>Pure: the same world gives the same result, and there is no clock, random, input, output or logging here. It never
 * fails for what a user wrote: that is a {@link dev.portico.operator.model.Problem} on the object that said it. What is
 * kept between two runs is memory of results by their inputs and changes only the time that a run takes.
 */
@NullMarked
package dev.portico.operator.compile;

import org.jspecify.annotations.NullMarked;
