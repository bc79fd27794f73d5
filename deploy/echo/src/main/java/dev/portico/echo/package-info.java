/**
 * Answers for a Service that nobody wrote: with the request as JSON, or as it is told.
 *
 * <p>The same server stands behind {@code portico run --echo}, the cases and the pods of the examples, so that a request is
 * answered alike by all three.
 */
@NullMarked
package dev.portico.echo;

import org.jspecify.annotations.NullMarked;
