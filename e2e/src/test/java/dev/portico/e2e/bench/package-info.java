/**
 * The drivers of {@code e2e/bench/run}: each measures one promise and writes what it measured, with versions and
 * commands, to {@code docs/results}.
 *
 * <p>No test runs them: a figure of a busy machine says nothing.
 */
@NullMarked
package dev.portico.e2e.bench;

import org.jspecify.annotations.NullMarked;
