/**
 * The operator: one loop from the world to tables and back to statuses.
 *
 * <p>{@link dev.portico.operator.Operator} builds the graph of parts, {@link dev.portico.operator.WorldLoop} is the way
 * through it. What the parts do is said in their packages; here is only what calls what, and when. Configuration is
 * validated in {@link dev.portico.operator.OperatorConfig}.
 */
@NullMarked
package dev.portico.operator;

import org.jspecify.annotations.NullMarked;
