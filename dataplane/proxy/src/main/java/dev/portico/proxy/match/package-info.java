/**
 * Finds the route of a request: listener, then host, then route.
 *
 * <p>What it does: compiles virtual hosts once into hash tables, and answers a look-up without allocation and at a cost
 * that the size of the table does not change. What it does not: it neither reads bytes nor runs anything; host and path
 * arrive normalised (see {@code dev.portico.proxy.pipeline}), and what a found route does is the business of the type
 * parameter. Regular expressions are RE2 (linear time); the operator has refused those that do not compile, and one
 * that arrives here all the same fails the whole table.
 */
@NullMarked
package dev.portico.proxy.match;

import org.jspecify.annotations.NullMarked;
