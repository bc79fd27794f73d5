/**
 * The corpus at its depths: what the operator makes of a case ({@code OperatorTest}), what a data plane answers with
 * that ({@code DataPlaneTest}), and what a real API server holds and is told ({@code ApiServerTest}).
 *
 * <p>Each is one class over all cases; a case says nothing of depths.
 */
@NullMarked
package dev.portico.e2e;

import org.jspecify.annotations.NullMarked;
